import { Controller } from "@hotwired/stimulus";

const MINUTE = 60000;
const NEAR = 5;
let ahead = 0;
let warned = "";

document.addEventListener("live:time", ({ detail }) => (ahead = detail.now - Date.now()));

/** Draws the clock of the day and of the point from the server's moments; a device whose clock is wrong is still right. */
export default class extends Controller {
  static targets = ["now", "spent", "brief", "left"];

  connect() {
    this.draw = this.draw.bind(this);
    this.ticking = setInterval(this.draw, 1000);
    document.addEventListener("live:applied", this.draw);
    document.addEventListener("visibilitychange", this.draw);
    this.draw();
  }

  disconnect() {
    clearInterval(this.ticking);
    document.removeEventListener("live:applied", this.draw);
    document.removeEventListener("visibilitychange", this.draw);
  }

  draw() {
    const now = Date.now() + ahead;
    this.write(this.nowTargets, this.hour(now));
    const { started, spent, paused, planned, pausedAt, words } = this.element.dataset;
    if (!started) return;
    const running = ((Number(pausedAt) || now) - Number(started)) / 1000 - Number(paused);
    const minutes = Math.floor((Number(spent) + Math.max(0, running)) / 60);
    const whole = Math.floor(Number(planned) / 60);
    const left = whole - minutes;
    const rest = left >= 0 ? `il reste ${left}\u00a0min` : `${-left}\u00a0min de trop`;
    this.warn(left, whole, started);
    this.write(this.spentTargets, `${words}\u00a0: ${minutes}\u00a0min sur ${whole}, ${rest}`);
    this.write(this.briefTargets, `${minutes}\u00a0min sur ${whole}`);
    this.write(this.leftTargets, left >= 0 ? `Il reste ${left}\u00a0min` : `${-left}\u00a0min de trop`);
    this.element.querySelector("rect.v")?.setAttribute("width", String(Math.min(minutes, whole)));
  }

  /** Once a point, five minutes before its end. */
  warn(left, whole, started) {
    if (left !== NEAR || whole <= NEAR || warned === started) return;
    warned = started;
    document.dispatchEvent(new CustomEvent("live:near"));
  }

  hour(moment) {
    const parts = new Intl.DateTimeFormat("fr-FR", { hour: "numeric", minute: "2-digit", timeZone: "Europe/Paris" });
    const [hour, minutes] = parts.format(moment - (moment % MINUTE)).split(":");
    return minutes === "00" ? `${Number(hour)}\u00a0h` : `${Number(hour)}\u00a0h\u00a0${minutes}`;
  }

  write(targets, words) {
    for (const target of targets) if (target.textContent !== words) target.textContent = words;
  }
}
