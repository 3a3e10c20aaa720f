import { Controller } from "@hotwired/stimulus";

const PAUSE = 1200;
const RETRY = 5000;

/** A form that keeps itself a moment after each change. Only the line of the saving is replaced, never a field.
 * One request at a time: what is typed meanwhile goes with the next one, and the button waits for its end. */
export default class extends Controller {
  connect() {
    this.handlers = [
      ["input", () => this.note(PAUSE)],
      ["change", () => this.note(PAUSE)],
      ["submit", (event) => this.submit(event)],
      ["htmx:error", () => (this.failed = true)],
      ["htmx:after:request", (event) => (this.failed = event.detail.ctx.response.raw.status >= 500)],
      ["htmx:finally:request", () => this.settle()],
    ];
    this.handlers.forEach(([name, handler]) => this.element.addEventListener(name, handler));
  }

  disconnect() {
    clearTimeout(this.timer);
    this.handlers.forEach(([name, handler]) => this.element.removeEventListener(name, handler));
  }

  note(delay) {
    this.dirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  save() {
    if (this.busy || !this.dirty) return;
    this.busy = true;
    this.dirty = false;
    this.failed = false;
    this.element.dispatchEvent(new Event("autosave"));
  }

  settle() {
    this.busy = false;
    if (this.waiting) return this.element.requestSubmit(this.waiting);
    if (this.failed || this.dirty) this.note(this.failed ? RETRY : PAUSE);
  }

  submit(event) {
    clearTimeout(this.timer);
    if (!this.busy) return;
    event.preventDefault();
    this.waiting = event.submitter;
  }
}
