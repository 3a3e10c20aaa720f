import { Controller } from "@hotwired/stimulus";

/** Reads a chosen file into a text field; the file itself is never sent. */
export default class extends Controller {
  static targets = ["chooser", "file", "text", "done"];

  connect() {
    this.chooserTarget.hidden = false;
  }

  async read() {
    const file = this.fileTarget.files[0];
    if (!file) return;
    this.textTarget.value = await file.text();
    this.doneTarget.textContent = `« ${file.name} » est lu dans le champ : relisez, puis importez.`;
    this.textTarget.focus();
  }
}
