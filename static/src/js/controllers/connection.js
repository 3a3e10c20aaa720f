import { Controller } from "@hotwired/stimulus";

const PATIENCE = 5000;

/** Shows the words written by the server for the state of the line; a short cut is passed over, a long one is timed. */
export default class extends Controller {
  static targets = ["state"];

  connect() {
    this.follow = (event) => this.hear(event.detail.state);
    document.addEventListener("live:state", this.follow);
  }

  disconnect() {
    document.removeEventListener("live:state", this.follow);
    clearTimeout(this.late);
    clearInterval(this.counting);
  }

  hear(state) {
    if (state === "on") {
      clearTimeout(this.late);
      clearInterval(this.counting);
      this.late = this.since = null;
      this.show("on");
    } else if (!this.since) {
      this.since = Date.now();
      this.show("wait");
      this.late = setTimeout(() => this.isOff(), PATIENCE);
    }
  }

  isOff() {
    this.show("off");
    this.count();
    this.counting = setInterval(() => this.count(), 10000);
  }

  count() {
    const seconds = Math.round((Date.now() - this.since) / 1000);
    const length = seconds < 60 ? `${seconds}\u00a0s` : `${Math.floor(seconds / 60)}\u00a0min`;
    for (const place of this.element.querySelectorAll("[data-since]")) place.textContent = length;
  }

  show(state) {
    for (const words of this.stateTargets) words.hidden = words.dataset.state !== state;
  }
}
