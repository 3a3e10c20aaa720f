import { Controller } from "@hotwired/stimulus";

/** A button that shows or hides the block it controls. */
export default class extends Controller {
  static targets = ["button", "content"];

  toggle() {
    const open = this.buttonTarget.getAttribute("aria-expanded") !== "true";
    this.buttonTarget.setAttribute("aria-expanded", String(open));
    this.contentTarget.hidden = !open;
  }
}
