import { Controller } from "@hotwired/stimulus";
import { halfTyped } from "../half_typed.js";

const PAUSE = 900;
const RETRY = 4000;
const PATIENCE = 5000;

/** A form that keeps itself a moment after each change. Only the line of the saving is replaced, never a field.
 * One request at a time: what is typed meanwhile goes with the next one, and the button waits until all has arrived. Nothing
 * leaves the page but to the server; while a letter is being composed (dead keys, input methods) nothing is sent. */
export default class extends Controller {
  static targets = ["words", "text"];

  connect() {
    this.handlers = [
      [this.element, "input", (event) => this.changed(event)],
      [this.element, "change", (event) => this.changed(event)],
      [this.element, "focusout", () => this.busy || this.say(this.state)],
      [this.element, "submit", (event) => this.submit(event)],
      [this.element, "htmx:error", () => (this.failed = "late")],
      [document, "htmx:after:request", (event) => this.answered(event)],
      [this.element, "htmx:finally:request", () => this.settle()],
      [window, "online", () => this.retry()],
      [window, "focus", () => this.retry()],
      [document, "visibilitychange", () => this.retry()],
      [window, "pagehide", () => this.gone || this.save()],
      [window, "pageshow", () => (this.gone = false)],
      [window, "beforeunload", (event) => this.leave(event)],
    ];
    this.handlers.forEach(([target, name, handler]) => target.addEventListener(name, handler));
    if (this.element.dataset.dirty !== undefined) this.note(PAUSE); // a line was taken away: what is left is not kept yet
  }

  disconnect() {
    clearTimeout(this.timer);
    clearTimeout(this.late);
    this.handlers.forEach(([target, name, handler]) => target.removeEventListener(name, handler));
  }

  compose() {
    this.composing = true;
    clearTimeout(this.timer);
  }

  composed() {
    this.composing = false;
    this.note(PAUSE);
  }

  changed(event) {
    if (event.target.closest("[data-no-autosave]")) return;
    this.note(PAUSE);
  }

  note(delay) {
    this.dirty = true;
    this.element.dataset.dirty = "";
    clearTimeout(this.timer);
    if (!this.composing) this.timer = setTimeout(() => this.save(), delay);
  }

  retry() {
    if (this.dirty && !this.composing && !document.hidden) this.save();
  }

  save() {
    if (this.busy || !this.dirty || this.composing) return;
    clearTimeout(this.timer);
    this.busy = true;
    this.dirty = false;
    this.failed = "";
    this.late = setTimeout(() => this.say("late"), PATIENCE);
    this.element.dispatchEvent(new Event("autosave"));
  }

  /** Signed out, the text stays on this page: the server's wish to show another one is not followed. A page that was
   * open longer than its token asks for a new one. */
  answered(event) {
    const { request, response, sourceElement } = event.detail.ctx;
    const { status } = response.raw;
    const isOurs = sourceElement === this.element;
    if (status === 401 || (status === 400 && request.method !== "GET")) event.preventDefault();
    if (status === 401) this.failed = this.signedOut();
    else if (isOurs && (status >= 500 || status === 400 || status === 429)) this.failed = "late";
    else if (isOurs && (status === 403 || status === 404)) this.failed = "closed";
    if (isOurs && status === 400) document.getElementById("jeton").dispatchEvent(new Event("renew"));
  }

  signedOut() {
    if (!this.busy) this.say("out");
    return "out";
  }

  settle() {
    clearTimeout(this.late);
    this.busy = false;
    this.say(this.state);
    if (this.failed === "closed") return this.stay();
    if (this.failed) return this.note(RETRY);
    if (this.waiting) return this.follow();
    if (this.dirty) return this.note(PAUSE);
    delete this.element.dataset.dirty;
    document.body.dispatchEvent(new Event("autosaved"));
    return undefined;
  }

  /** Nothing more is taken here: the text stays to be copied, and the button leads nowhere without it. */
  stay() {
    this.dirty = true;
    delete this.waiting;
  }

  /** The button that was pressed meanwhile, once: the form may be held back for a date that is half typed. */
  follow() {
    const button = this.waiting;
    delete this.waiting;
    this.element.requestSubmit(button);
  }

  /** What stands against the words « Enregistré »: nothing arrived, or a date is half typed. */
  get state() {
    return this.failed || (halfTyped(this.element) ? "half" : "");
  }

  /** The words for a state are written by the server; no state, no words. */
  say(state) {
    const text = this.textTargets.find((one) => one.dataset.state === state);
    if (this.wordsTarget.dataset.state === state) return;
    this.wordsTarget.dataset.state = state;
    this.wordsTarget.replaceChildren(...(text ? [text.content.cloneNode(true)] : []));
    this.element.querySelector("[data-saved]").toggleAttribute("data-unsaved", Boolean(text));
  }

  /** The button takes the whole page along: it goes once everything typed has arrived, or on a dead line the page, with
   * all that it holds, would be gone. */
  submit(event) {
    clearTimeout(this.timer);
    this.dirty ||= !navigator.onLine;
    if (!this.busy && !this.dirty) {
      this.gone = true;
      return;
    }
    event.preventDefault();
    this.waiting = event.submitter;
    this.save();
  }

  leave(event) {
    if (!this.gone && (this.dirty || this.busy || halfTyped(this.element))) event.preventDefault();
  }
}
