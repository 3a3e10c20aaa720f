import { Controller } from "@hotwired/stimulus";

/** A form of filters that applies as soon as a choice changes; the button stays for those without JavaScript. */
export default class extends Controller {
  submit() {
    this.element.requestSubmit();
  }
}
