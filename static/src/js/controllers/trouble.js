import { Controller } from "@hotwired/stimulus";

/** Says that an exchange with the server failed, until the next one succeeds. */
export default class extends Controller {
  connect() {
    this.show = () => (this.element.hidden = false);
    this.judge = (event) => (this.element.hidden = event.detail.ctx.response.raw.status < 500);
    document.addEventListener("htmx:error", this.show);
    document.addEventListener("htmx:after:request", this.judge);
  }

  disconnect() {
    document.removeEventListener("htmx:error", this.show);
    document.removeEventListener("htmx:after:request", this.judge);
  }
}
