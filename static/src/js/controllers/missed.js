import { Controller } from "@hotwired/stimulus";
import htmx from "htmx.org/dist/htmx.esm.js";

const AWAY = 180000;
const EVERY = 20000;

/** Remembers when this reader last looked, by the server's clock, and asks on return what was missed since. */
export default class extends Controller {
  static targets = ["place"];
  static values = { url: String, session: String };

  connect() {
    this.hear = ({ detail }) => this.set(detail.now);
    document.addEventListener("live:time", this.hear);
    this.set(Number(document.getElementById("instant").dataset.now));
    this.timer = setInterval(() => this.look(), EVERY);
  }

  disconnect() {
    document.removeEventListener("live:time", this.hear);
    clearInterval(this.timer);
  }

  close() {
    this.placeTarget.replaceChildren();
  }

  set(now) {
    this.server = now;
    this.heardAt = performance.now();
    this.look();
  }

  look() {
    if (document.hidden || !this.server) return;
    const now = this.server + Math.round(performance.now() - this.heardAt);
    const last = Number(localStorage.getItem(this.key));
    localStorage.setItem(this.key, String(now));
    if (!last || now - last < AWAY) return;
    htmx.ajax("GET", `${this.urlValue}?moment=${last}`, { target: this.placeTarget, swap: "innerHTML", source: this.placeTarget });
  }

  get key() {
    return `vu:${this.sessionValue}`;
  }
}
