import { Controller } from "@hotwired/stimulus";

const KEPT = "raccourcis";

/** Alt with a letter presses the button, follows the link or reaches the field that bears the letter; may be turned off. The key ? leads to the list. */
export default class extends Controller {
  static targets = ["switch"];

  connect() {
    this.switchTarget.checked = localStorage.getItem(KEPT) !== "non";
    this.press = this.press.bind(this);
    document.addEventListener("keydown", this.press);
  }

  disconnect() {
    document.removeEventListener("keydown", this.press);
  }

  remember() {
    localStorage.setItem(KEPT, this.switchTarget.checked ? "oui" : "non");
  }

  press(event) {
    if (event.key === "?" && !event.target.closest("input, textarea, select, [contenteditable], [data-writes]")) {
      this.element.focus();
      return;
    }
    const isPlain = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.repeat;
    if (!isPlain || !this.switchTarget.checked || !/^Key[A-Z]$/.test(event.code)) return;
    const letter = event.code.slice(3).toLowerCase();
    const found = [...document.querySelectorAll(`[data-shortcut="${letter}"]`)].find((one) => !one.closest("[hidden]"));
    if (!found) return;
    event.preventDefault();
    if (found.matches("input, textarea")) found.focus();
    else found.click();
  }
}
