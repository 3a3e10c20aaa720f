import { Controller } from "@hotwired/stimulus";

/** A form of a live page: what is being typed is never replaced by what others do, until this form itself is answered. */
export default class extends Controller {
  connect() {
    this.answered = (event) => this.release(event.detail.ctx);
    document.addEventListener("htmx:before:swap", this.answered, true);
    if (this.element.hasAttribute("hx-morph-skip")) this.touch();
  }

  disconnect() {
    document.removeEventListener("htmx:before:swap", this.answered);
  }

  touch() {
    this.element.dataset.dirty = "";
    this.element.setAttribute("hx-morph-skip", "");
  }

  release(ctx) {
    if (!ctx.response || ctx.sourceElement?.closest("form") !== this.element) return;
    if (ctx.response.raw.status >= 400 && !ctx.text.includes("hx-partial")) return;
    delete this.element.dataset.dirty;
    delete this.element.dataset.behind;
    this.element.removeAttribute("hx-morph-skip");
  }
}
