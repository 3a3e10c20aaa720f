import { Controller } from "@hotwired/stimulus";

/** The error summary takes the focus when it appears, and its links put the caret in the field. */
export default class extends Controller {
  connect() {
    this.element.focus();
  }

  go(event) {
    const field = document.getElementById(event.currentTarget.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.scrollIntoView({ block: "center" });
  }
}
