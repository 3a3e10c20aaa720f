import { Controller } from "@hotwired/stimulus";

/** The one voice of a live page: says a point that opens, a decision read back or taken, and the last five minutes.
 * The words stand on the fragments (`data-say`), written by the server; the clock itself is never read aloud. */
export default class extends Controller {
  static values = { near: String };

  connect() {
    this.known = this.read();
    this.hear = this.hear.bind(this);
    this.near = () => this.say(this.nearValue);
    document.addEventListener("live:applied", this.hear);
    document.addEventListener("live:near", this.near);
  }

  disconnect() {
    document.removeEventListener("live:applied", this.hear);
    document.removeEventListener("live:near", this.near);
  }

  read() {
    return new Map([...document.querySelectorAll("[data-say]")].map((one) => [one.id, one.dataset.say]));
  }

  hear() {
    const before = this.known;
    this.known = this.read();
    const fresh = [...this.known].filter(([id, words]) => words && words !== before.get(id));
    if (fresh.length) this.say(fresh.map(([, words]) => words).join(" "));
  }

  say(words) {
    this.element.textContent = words;
  }
}
