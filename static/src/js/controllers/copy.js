import { Controller } from "@hotwired/stimulus";

/** Copies the text of a field or an element, and says so. */
export default class extends Controller {
  static targets = ["source", "done"];

  async copy() {
    await navigator.clipboard.writeText(this.sourceTarget.value ?? this.sourceTarget.textContent.trim());
    this.doneTarget.hidden = false;
  }
}
