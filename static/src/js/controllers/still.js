import { Controller } from "@hotwired/stimulus";

const REFUSED = [401, 403, 404, 410];

/** What may be read today may be closed tomorrow, while the page is still open: it asks for itself now and then, and when it
 * comes back to the front, and leaves as soon as its own address no longer opens. */
export default class extends Controller {
  static values = { url: String };

  connect() {
    this.look = () => document.hidden || this.element.dispatchEvent(new Event("look"));
    document.addEventListener("visibilitychange", this.look);
  }

  disconnect() {
    document.removeEventListener("visibilitychange", this.look);
  }

  answered({ detail }) {
    if (REFUSED.includes(detail.ctx.response.raw.status)) location.assign(this.urlValue);
  }
}
