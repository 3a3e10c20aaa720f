import { Controller } from "@hotwired/stimulus";

const KEYS = { ArrowUp: "earlier", ArrowDown: "later", ArrowLeft: "shorter", ArrowRight: "longer" };

/**
 * The order of a day by mouse, finger and keyboard. Dropping a point sends the form `form` with its new place; the keys press the
 * worded buttons of the chosen point, so that every way leads to the same act. Escape puts the point back where it was taken.
 */
export default class extends Controller {
  static targets = ["item", "card", "earlier", "later", "shorter", "longer"];
  static values = { form: String };

  connect() {
    this.onKey = (event) => this.key(event);
    this.onSwap = () => {
      this.settle();
      this.rescue();
    };
    this.element.addEventListener("keydown", this.onKey);
    document.addEventListener("htmx:after:swap", this.onSwap);
    this.settle();
  }

  disconnect() {
    this.element.removeEventListener("keydown", this.onKey);
    document.removeEventListener("htmx:after:swap", this.onSwap);
    this.release();
  }

  /** After each answer of the server: drag again on what is there now, and the focus back on the point that moved. */
  settle() {
    this.moving &&= this.refocus();
    this.remember();
    this.drag();
  }

  refocus() {
    this.picked?.focus();
    return false;
  }

  /** A card that was added is gone with its button: the point that it became takes the focus. */
  rescue() {
    if (document.activeElement === document.body) this.picked?.focus({ preventScroll: true });
  }

  /** Where the chosen point stood when it was taken. */
  remember() {
    const { picked } = this;
    if (!picked) this.home = null;
    else if (this.home?.id !== picked.id) this.home = { id: picked.id, place: this.slotOf(picked).dataset.place };
  }

  async drag() {
    const { default: Sortable } = await import("sortablejs").catch(() => ({}));
    if (!Sortable) return; // the network went meanwhile: the buttons do the same
    this.release();
    const lists = [this.element.querySelector(".day"), this.element.querySelector("#cartes")].filter(Boolean);
    this.drags = lists.map((list) => Sortable.create(list, this.options(list)));
  }

  release() {
    this.drags?.forEach((drag) => drag.destroy());
    this.drags = [];
  }

  options(list) {
    const isDay = list.classList.contains("day");
    return {
      group: { name: "composer", pull: isDay ? true : "clone", put: isDay },
      draggable: isDay ? ".slot[data-url]" : ".card-wait",
      filter: ".btn",
      preventOnFilter: false,
      sort: isDay,
      direction: "vertical",
      delayOnTouchOnly: true,
      delay: 200,
      onMove: (event) => this.over(event),
      onEnd: (event) => this.drop(event),
    };
  }

  /** The day is drawn by hours, not by order: mark where the point would go instead of shifting the others. */
  over({ related, willInsertAfter }) {
    this.unmark();
    const slot = related.closest(".slot[data-place]");
    this.aim = slot ? { place: Number(slot.dataset.place), after: willInsertAfter } : null;
    slot?.classList.add(willInsertAfter ? "slot-drop-after" : "slot-drop-before");
    return false;
  }

  unmark() {
    this.itemTargets.forEach((slot) => slot.classList.remove("slot-drop-before", "slot-drop-after"));
  }

  drop({ item }) {
    this.unmark();
    if (!this.aim) return;
    const { place, after } = this.aim;
    this.aim = null;
    if (item.classList.contains("card-wait")) item.querySelector("button").click();
    else this.send(item, this.landing(Number(item.dataset.place), place, after));
  }

  /** The place among the others, once the point itself is taken out. */
  landing(from, over, after) {
    const place = after ? over + 1 : over;
    return place > from ? place - 1 : place;
  }

  send(slot, to) {
    const form = document.getElementById(this.formValue);
    form.setAttribute("action", slot.dataset.url);
    form.elements.to.value = to;
    form.elements.version.value = slot.dataset.version;
    form.requestSubmit();
  }

  key(event) {
    const picked = this.picked;
    if (!picked || event.target !== picked) return;
    if (event.key === "Escape") this.putBack(picked, event);
    const target = KEYS[event.key];
    if (!target) return;
    event.preventDefault();
    this.moving = true;
    this[`${target}Target`].click();
  }

  putBack(picked, event) {
    event.preventDefault();
    const slot = this.slotOf(picked);
    if (this.home && slot.dataset.place !== this.home.place) {
      this.moving = true;
      this.send(slot, this.home.place);
    } else picked.click();
  }

  slotOf(picked) {
    return picked.closest(".slot");
  }

  get picked() {
    return this.element.querySelector(".slot-pick[aria-current]");
  }
}
