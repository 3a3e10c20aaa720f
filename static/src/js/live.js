// Loaded on live pages only. The socket goes through this module alone.
import htmx from "htmx.org/dist/htmx.esm.js";
import { io } from "socket.io-client";
import { application } from "./application.js";
import AnnouncerController from "./controllers/announcer.js";
import ArrivalController from "./controllers/arrival.js";
import BlankController from "./controllers/blank.js";
import ClockController from "./controllers/clock.js";
import ConnectionController from "./controllers/connection.js";
import DraftController from "./controllers/draft.js";
import HandController from "./controllers/hand.js";
import MissedController from "./controllers/missed.js";
import NotesController from "./controllers/notes.js";
import ShortcutsController from "./controllers/shortcuts.js";
import "./typing.js";

const ANSWER_WITHIN = 8000;
const OPEN_WITHIN = 8000;
const AGAIN_AT_MOST = 1500;
const LOOK_EVERY = 60000;
const TRY_AT_MOST = 15000;
const LACK_AT_MOST = 1500;

const page = document.body.dataset;
let shown = -1;
let heard = -1; // the newest version that the server named
let patience = 0;
let personal = "";
let asking = null;
let lacking = null;
let readAt = "";
let socket = null;

application.register("announcer", AnnouncerController);
application.register("arrival", ArrivalController);
application.register("blank", BlankController);
application.register("clock", ClockController);
application.register("connection", ConnectionController);
application.register("draft", DraftController);
application.register("hand", HandController);
application.register("missed", MissedController);
application.register("notes", NotesController);
application.register("shortcuts", ShortcutsController);

/** Tell every part of the page what happened on the line. */
function announce(name, detail = {}) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

/** Read off the page which version it shows, and how far the server's clock is from this device's. */
function readInstant() {
  const instant = document.getElementById("instant");
  if (!instant) return;
  readAt = instant.dataset.now;
  shown = Number(instant.dataset.version);
  personal = instant.dataset.personal;
  announce("live:time", { now: Number(instant.dataset.now) });
}

/** What is for one reader is shown to that reader alone, by the name of the page's own reader. */
function showOwn() {
  for (const element of document.querySelectorAll("[data-own]")) element.hidden = element.dataset.own !== page.liveUser;
  for (const element of document.querySelectorAll("[data-other]")) element.hidden = element.dataset.other === page.liveUser;
}

/** Ask for the page's own fragments again, under the reader's own rights; one request at a time. */
export function again(wait = 0) {
  clearTimeout(asking);
  asking = setTimeout(async () => {
    asking = null;
    await htmx.ajax("GET", page.liveUrl, { target: "#reponse", swap: "innerHTML", source: document.body });
    persist();
  }, wait);
}

/** An answer that did not come, or that is older than what the server has named since, is asked for once more, more
 * and more slowly. */
function persist() {
  if (shown >= heard) patience = 0;
  else if (isOn() && asking === null) {
    again(patience);
    patience = Math.min(2 * patience + 250, TRY_AT_MOST);
  }
}

/** Whether the line is open. */
export function isOn() {
  return socket?.connected ?? false;
}

/** Tell the server something over the line and give its answer; nothing when the line is cut or silent. */
export async function tell(event, ...sent) {
  if (!isOn()) return undefined;
  try {
    return await socket.timeout(ANSWER_WITHIN).emitWithAck(event, ...sent);
  } catch {
    return undefined;
  }
}

/** Put the changed fragments in their places. */
async function apply(message) {
  for (const [id, text] of Object.entries(message.fragments)) {
    const target = document.getElementById(id);
    if (target) await htmx.swap({ text, target, swap: "outerMorph", sourceElement: target });
  }
  shown = message.version;
  announce("live:time", { now: message.now });
  showOwn();
  announce("live:applied");
  if (message.personal !== personal && page.liveAudience === "members") again(Math.random() * AGAIN_AT_MOST);
  personal = message.personal;
}

let queue = Promise.resolve();

function receive(message) {
  heard = Math.max(heard, message.version);
  queue = queue
    .then(() => {
      if (message.version <= shown) return undefined;
      return message.since === 0 || message.since === shown ? apply(message) : lack();
    })
    .catch(() => again()); // a change that found no place: the page is asked for whole
}

/** What was missed is asked for over the line, where it costs one rendering for all who lack it; soon, but not by all
 * at the same instant, and only by who was not given it meanwhile. Where no answer comes, the page is asked for. */
function lack() {
  if (lacking !== null) return;
  lacking = setTimeout(() => {
    if (shown < heard && isOn()) socket.emit("behind", introduction()); // without a line, its return brings what is missing
    lacking = setTimeout(() => {
      lacking = null;
      persist();
    }, LACK_AT_MOST);
  }, Math.random() * 300);
}

/** The server says where the day stands: what was missed is asked for. A guest's page is that guest's alone. */
function catchUp({ version }) {
  heard = Math.max(heard, version);
  if (shown >= heard) return;
  if (page.liveAudience === "guests") again(Math.random() * 300);
  else lack();
}

/** Which day the page follows and what it shows of it. */
function introduction() {
  return { session: page.liveSession, audience: page.liveAudience, version: shown };
}

/** A page that comes back late is given the rest. */
function introduce(give) {
  give(introduction());
}

/** Hours that are expected move with the time alone, when a point lasts: nobody tells them. */
function look() {
  if (!document.hidden && asking === null) again();
}

/** Open the one socket of the page, or nothing where the page names no session. */
function connect() {
  if (!page.liveSession) return;
  readInstant();
  showOwn();
  const line = { transports: ["websocket", "polling"], tryAllTransports: true, timeout: OPEN_WITHIN };
  socket = io({ auth: introduce, randomizationFactor: 0.7, reconnectionDelayMax: 5000, ...line });
  socket.on("connect", () => announce("live:state", { state: "on" }));
  const wasCut = (error) => {
    announce("live:state", { state: "off" });
    if (error?.message === "timeout") socket.io.opts.transports.reverse(); // a network that swallows WebSockets
    if (!socket.active || error?.description === 401) again(); // refused for good: the page itself says why
  };
  socket.on("disconnect", wasCut);
  socket.on("connect_error", wasCut);
  socket.on(page.liveAudience, receive);
  socket.on("version", catchUp);
  socket.on("notes:update", (update) => announce("notes:update", update));
  socket.on("notes:place", (place) => announce("notes:place", place));
  socket.on("presence", ({ people }) => announce("live:presence", { people }));
  document.addEventListener("visibilitychange", () => !document.hidden && again());
  setTimeout(() => setInterval(look, LOOK_EVERY), Math.random() * LOOK_EVERY); // not everybody at the same instant
}

/** Two clicks that follow at once are one act: what the first one brings under the pointer is not pressed by the second. */
document.addEventListener("click", (event) => event.detail > 1 && event.target.closest("[type=submit]") && event.preventDefault(), true);

/** After an answer of the server: an older one than what the page already showed makes it ask again. */
document.addEventListener("htmx:after:swap", ({ detail }) => {
  if (!detail.ctx.response || document.getElementById("instant")?.dataset.now === readAt) return;
  heard = Math.max(heard, shown);
  readInstant();
  showOwn();
  announce("live:applied");
  persist();
});
document.addEventListener("live:again", () => again());
document.addEventListener("live:presence", ({ detail }) => {
  for (const place of document.querySelectorAll("[data-presence-count]")) place.textContent = String(detail.people.length);
});

connect();
