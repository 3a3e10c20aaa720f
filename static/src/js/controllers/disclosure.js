import { Controller } from "@hotwired/stimulus";

/** A button that shows or hides the block it controls; what somebody opened stays open when others bring news. */
export default class extends Controller {
  static targets = ["button", "content"];

  connect() {
    this.keep = () => this.show(this.hasContentTarget && this.contentTarget.id === this.opened);
    document.addEventListener("htmx:after:swap", this.keep);
  }

  disconnect() {
    document.removeEventListener("htmx:after:swap", this.keep);
  }

  toggle() {
    const open = this.buttonTarget.getAttribute("aria-expanded") !== "true";
    this.opened = open ? this.contentTarget.id : "";
    this.show(open);
  }

  show(open) {
    if (!this.hasContentTarget) return;
    this.buttonTarget.setAttribute("aria-expanded", String(open));
    this.contentTarget.hidden = !open;
  }
}
