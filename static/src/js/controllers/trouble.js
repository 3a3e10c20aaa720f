import { Controller } from "@hotwired/stimulus";

/** Says that an exchange with the server failed, until one succeeds; a refusal goes when the next act is accepted. */
export default class extends Controller {
  connect() {
    this.show = () => (this.element.hidden = false);
    this.judge = (event) => this.answered(event.detail.ctx);
    document.addEventListener("htmx:error", this.show);
    document.addEventListener("htmx:after:request", this.judge);
  }

  disconnect() {
    document.removeEventListener("htmx:error", this.show);
    document.removeEventListener("htmx:after:request", this.judge);
  }

  answered({ request, response }) {
    const { status } = response.raw;
    this.element.hidden = status < 500;
    if (status < 400 && request.method !== "GET") document.getElementById("refusal")?.remove();
  }
}
