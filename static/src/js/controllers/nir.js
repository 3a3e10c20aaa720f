import { Controller } from "@hotwired/stimulus";
import { hasNir } from "../nir.js";

const TEXTS = "textarea, input[type=text], input[type=email], input[type=tel], input[type=search], input:not([type])";

/** Says beside a field, while one types, that a social-security number has no place there; says nothing else. */
export default class extends Controller {
  static targets = ["words"];

  connect() {
    this.look = ({ target }) => target.matches?.(TEXTS) && this.judge(target);
    document.addEventListener("input", this.look);
  }

  disconnect() {
    document.removeEventListener("input", this.look);
  }

  judge(field) {
    const id = `${field.id}-nir`;
    const said = document.getElementById(id);
    if (!hasNir(field.value)) this.take(field, said);
    else if (!said) this.say(field, id);
  }

  say(field, id) {
    const words = this.wordsTarget.content.firstElementChild.cloneNode(true);
    words.id = id;
    field.before(words);
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
  }

  take(field, said) {
    if (!said) return;
    said.remove();
    field.removeAttribute("aria-invalid");
    const others = field.getAttribute("aria-describedby").split(" ").filter((id) => id !== said.id);
    if (others.length) field.setAttribute("aria-describedby", others.join(" "));
    else field.removeAttribute("aria-describedby");
  }
}
