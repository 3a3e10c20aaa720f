import { Controller } from "@hotwired/stimulus";

/** A form of a live page: what is being typed is never replaced by what others do, until this form itself is answered;
 * what was typed after it was sent is not replaced by that answer either. */
export default class extends Controller {
  connect() {
    this.answered = (event) => this.release(event.detail.ctx);
    this.sent = (event) => this.leave(event.detail.ctx);
    document.addEventListener("htmx:config:request", this.sent, true);
    document.addEventListener("htmx:before:swap", this.answered, true);
    if (this.element.hasAttribute("hx-morph-skip")) this.touch();
  }

  disconnect() {
    document.removeEventListener("htmx:config:request", this.sent, true);
    document.removeEventListener("htmx:before:swap", this.answered, true);
  }

  touch() {
    this.isTouched = true;
    this.element.dataset.dirty = "";
    this.element.setAttribute("hx-morph-skip", "");
  }

  isOf(ctx) {
    return ctx.sourceElement?.closest("form") === this.element;
  }

  leave(ctx) {
    if (this.isOf(ctx)) this.isTouched = false;
  }

  release(ctx) {
    if (!ctx.response || !this.isOf(ctx) || this.isTouched) return;
    if (ctx.response.raw.status >= 400 && !ctx.text.includes("hx-partial")) return;
    delete this.element.dataset.dirty;
    delete this.element.dataset.behind;
    this.element.removeAttribute("hx-morph-skip");
  }
}
