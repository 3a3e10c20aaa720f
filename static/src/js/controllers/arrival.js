import { Controller } from "@hotwired/stimulus";

/** Asks for the page again when somebody else noted this reader's arrival or departure. */
export default class extends Controller {
  connect() {
    this.look = this.look.bind(this);
    document.addEventListener("live:applied", this.look);
  }

  disconnect() {
    document.removeEventListener("live:applied", this.look);
  }

  look() {
    const there = document.getElementById("presents")?.dataset.there ?? "";
    const own = `${document.body.dataset.liveUser}=`;
    const arrived = there.split(" ").find((one) => one.startsWith(own))?.slice(own.length) ?? "";
    if (arrived !== this.element.dataset.arrived) document.dispatchEvent(new CustomEvent("live:again"));
  }
}
