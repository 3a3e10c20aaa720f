import { Controller } from "@hotwired/stimulus";

/** Says that an exchange with the server failed, until one succeeds; a refusal goes when the next act is accepted.
 * What tells its own troubles (`data-trouble="own"`) is left to do so. */
export default class extends Controller {
  connect() {
    this.show = (event) => (this.element.hidden = this.element.hidden && this.isTold(event));
    this.judge = (event) => this.isTold(event) || this.answered(event.detail.ctx);
    document.addEventListener("htmx:error", this.show);
    document.addEventListener("htmx:after:request", this.judge);
  }

  disconnect() {
    document.removeEventListener("htmx:error", this.show);
    document.removeEventListener("htmx:after:request", this.judge);
  }

  isTold({ detail }) {
    return Boolean(detail.ctx?.sourceElement?.closest("[data-trouble=own]"));
  }

  answered({ request, response }) {
    const { status } = response.raw;
    this.element.hidden = status < 500;
    if (status < 400 && request.method !== "GET") document.getElementById("refusal")?.remove();
  }
}
