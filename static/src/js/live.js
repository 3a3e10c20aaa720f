// Loaded on live pages only. The socket goes through this module alone.
import { io } from "socket.io-client";
import { application } from "./application.js";
import ConnectionController from "./controllers/connection.js";

application.register("connection", ConnectionController);

/** Tell every `connection` element where the line stands: "on", "wait" or "off". */
export function announce(state) {
  document.dispatchEvent(new CustomEvent("live:state", { detail: { state } }));
}

/** Open the one socket of the page, or nothing where the page names no session. */
export function connect() {
  const session = document.body.dataset.liveSession;
  if (!session) return null;
  const socket = io({ auth: { session, audience: document.body.dataset.liveAudience } });
  socket.on("connect", () => announce("on"));
  socket.on("disconnect", () => announce("off"));
  socket.io.on("reconnect_attempt", () => announce("wait"));
  return socket;
}

connect();
