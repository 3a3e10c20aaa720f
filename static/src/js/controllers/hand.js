import { Controller } from "@hotwired/stimulus";

/** Shows « Lever la main » or « Baisser la main », by the list of those who wait. */
export default class extends Controller {
  static targets = ["raise", "lower"];

  connect() {
    this.look = this.look.bind(this);
    document.addEventListener("live:applied", this.look);
  }

  disconnect() {
    document.removeEventListener("live:applied", this.look);
  }

  look() {
    const waiting = document.getElementById("demandes")?.dataset.waiting ?? "";
    const waits = waiting.split(" ").includes(document.body.dataset.liveUser);
    this.raiseTarget.hidden = waits;
    this.lowerTarget.hidden = !waits;
  }
}
