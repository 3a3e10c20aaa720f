import { Controller } from "@hotwired/stimulus";
import { isOn, tell } from "../live.js";

const LOOK_EVERY = 250;

/** Turns the plain notes into an editor in which several people write at once; without a line the plain form stays. */
export default class extends Controller {
  static targets = ["field", "place", "plain", "state"];
  static values = { item: String, label: String };

  connect() {
    this.listeners = {
      "live:state": ({ detail }) => detail.state === "on" && this.open(),
      "notes:place": ({ detail }) => detail.item === this.itemValue && this.editor?.place(detail),
      "live:presence": ({ detail }) => this.forget(detail.people),
    };
    for (const [name, listener] of Object.entries(this.listeners)) document.addEventListener(name, listener);
    this.placeTarget.addEventListener("input", (event) => event.stopPropagation());
    if (isOn()) this.open();
  }

  disconnect() {
    for (const [name, listener] of Object.entries(this.listeners)) document.removeEventListener(name, listener);
    clearTimeout(this.looking);
    if (this.shared) this.shared.onState = null;
    this.editor?.destroy();
    this.editor = null;
  }

  async open() {
    if (this.editor || this.isOpening || this.element.dataset.dirty !== undefined) return;
    this.isOpening = true;
    const parts = await Promise.all([import("../shared-text.js"), import("../notes-editor.js")]).catch(() => null);
    if (!parts) { // the network went meanwhile: the plain form serves until the line is back
      this.isOpening = false;
      return;
    }
    const [{ textOf }, { mount }] = parts;
    this.shared = textOf(this.itemValue); // hears what others write while the answer is on its way
    const answer = await tell("notes:open", this.itemValue);
    this.isOpening = false;
    if (answer?.state === undefined || !this.element.isConnected || this.element.dataset.dirty !== undefined) return;
    this.shared.start(answer.state);
    this.show();
    this.editor = mount({ place: this.placeTarget, shared: this.shared, label: this.labelValue, look: (place) => this.look(place) });
    this.shared.onState = (state, words) => this.tellState(state, words);
    this.tellState(this.shared.state, this.shared.words);
  }

  show() {
    this.element.setAttribute("hx-morph-skip", "");
    this.element.dataset.kept = "";
    this.fieldTarget.disabled = true;
    for (const part of this.plainTargets) part.hidden = true;
    this.placeTarget.hidden = false;
  }

  look(place) {
    this.wanted = place;
    this.looking ??= setTimeout(() => {
      this.looking = null;
      tell("notes:look", this.itemValue, this.wanted);
    }, LOOK_EVERY);
  }

  forget(present) {
    for (const who of this.seen ?? []) if (!present.includes(who)) this.editor?.forget(who);
    this.seen = present;
  }

  tellState(state, words) {
    for (const one of this.stateTargets) {
      one.hidden = one.dataset.state !== state;
      if (state === "refused" && !one.hidden) one.textContent = words;
    }
  }
}
