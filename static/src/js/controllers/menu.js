import { Controller } from "@hotwired/stimulus";

/** The main menu on a narrow screen: a button shows and hides it, Escape closes it. */
export default class extends Controller {
  static targets = ["button", "list"];

  toggle() {
    this.show(this.buttonTarget.getAttribute("aria-expanded") !== "true");
  }

  close(event) {
    if (event.key !== "Escape" || this.buttonTarget.getAttribute("aria-expanded") !== "true") return;
    this.show(false);
    this.buttonTarget.focus();
  }

  show(open) {
    this.buttonTarget.setAttribute("aria-expanded", String(open));
    this.listTarget.classList.toggle("open", open);
  }
}
