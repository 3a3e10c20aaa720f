// Texts that several people write at once: what is typed here is kept until the server has it, whatever the line does.
import * as Y from "yjs";
import { isOn, tell } from "./live.js";

const PAUSE = 30;
const LOOK_EVERY = 20000;
const AGAIN_AFTER = 3000;
const REMOTE = "remote";
const texts = new Map();

function encoded(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function decoded(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** One text: the document, and what of it the server has not yet said to have. */
class SharedText {
  constructor(item) {
    this.item = item;
    this.doc = new Y.Doc();
    this.text = this.doc.getText("notes");
    this.waiting = [];
    this.state = "kept";
    this.doc.on("update", (update, origin) => origin !== REMOTE && this.queue(update));
  }

  /** Begin, or begin again after a cut: take what the server has, send what it lacks. */
  start(state) {
    const known = decoded(state);
    if (known.length) Y.applyUpdate(this.doc, known, REMOTE);
    this.isSending = false;
    if (this.waiting.length) this.flush();
    else this.say("kept");
  }

  /** Take what never came over the line, as after a bus between servers was gone. */
  async look() {
    const answer = this.onState && (await tell("notes:open", this.item));
    if (answer?.state) Y.applyUpdate(this.doc, decoded(answer.state), REMOTE);
  }

  receive(body) {
    Y.applyUpdate(this.doc, decoded(body), REMOTE);
  }

  queue(update) {
    this.waiting.push(update);
    this.say("waiting");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), PAUSE);
  }

  async flush() {
    if (this.isSending || !this.waiting.length) return;
    this.isSending = true;
    const sent = [...this.waiting];
    const answer = await tell("notes:write", this.item, encoded(Y.mergeUpdates(sent)));
    this.isSending = false;
    if (!answer) {
      this.timer = setTimeout(() => isOn() && this.flush(), AGAIN_AFTER); // without a line, its return sends it
      return this.say("cut");
    }
    if (answer.refused) return this.say("refused", answer.refused);
    this.waiting = this.waiting.filter((update) => !sent.includes(update));
    if (!this.waiting.length) return this.say("kept");
    return this.flush();
  }

  say(state, words = "") {
    this.state = state;
    this.words = words;
    this.onState?.(state, words);
  }
}

/** The text of a point: the same one as long as the page is open, so that nothing typed before a cut is lost. */
export function textOf(item) {
  if (!texts.has(item)) texts.set(item, new SharedText(item));
  return texts.get(item);
}

/** Give the server, once the line is back, what was typed before; also on points that are no longer on the page. */
async function sendRest() {
  for (const one of texts.values()) {
    const answer = await tell("notes:open", one.item);
    if (answer?.state !== undefined) one.start(answer.state);
  }
}

document.addEventListener("live:state", ({ detail }) => {
  if (detail.state === "on") sendRest();
  else for (const one of texts.values()) if (one.waiting.length) one.say("cut");
});
setInterval(() => document.hidden || texts.forEach((one) => one.look()), LOOK_EVERY);
document.addEventListener("notes:update", ({ detail }) => texts.get(detail.item)?.receive(detail.body));
