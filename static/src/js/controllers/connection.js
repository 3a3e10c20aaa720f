import { Controller } from "@hotwired/stimulus";

/** Shows the words written by the server for the present state of the line: on, wait or off. */
export default class extends Controller {
  static targets = ["state"];

  connect() {
    this.follow = (event) => this.show(event.detail.state);
    document.addEventListener("live:state", this.follow);
  }

  disconnect() {
    document.removeEventListener("live:state", this.follow);
  }

  show(state) {
    for (const words of this.stateTargets) words.hidden = words.dataset.state !== state;
  }
}
