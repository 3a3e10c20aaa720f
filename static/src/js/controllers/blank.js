import { Controller } from "@hotwired/stimulus";

/** The key B hides everything on the room screen; once more and it is back. */
export default class extends Controller {
  toggle(event) {
    if (event.key.toLowerCase() !== "b" || event.altKey || event.ctrlKey || event.metaKey) return;
    this.element.classList.toggle("is-blank");
  }
}
