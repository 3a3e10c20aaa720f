// What had the focus may be replaced, or hidden: the focus then goes to the nearest place that stayed, never to the top.

const STOPS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
let held = null;

const isSeen = (element) => element.isConnected && element.getClientRects().length > 0;

/** The named places around an element, nearest first. */
function placesAround(element) {
  const place = element.parentElement?.closest("[id]");
  return place ? [place.id, ...placesAround(place)] : [];
}

function hold() {
  const { activeElement: element, body } = document;
  if (element && element !== body) held = { element, places: placesAround(element) };
}

/** Put the focus there; what is no stop by itself becomes one for the time being, again after each answer. */
function focusOn(element) {
  if (!element.matches(STOPS) && !element.hasAttribute("tabindex")) element.tabIndex = -1;
  if (document.activeElement !== element) element.focus({ preventScroll: true });
}

/** The first stop of a fragment, or the place itself where it has none; the whole page is never searched for one. */
function stopIn(place) {
  const stop = place.matches("main") ? null : [...place.querySelectorAll(STOPS)].find((one) => !one.disabled && isSeen(one));
  return stop ?? place;
}

function giveBack() {
  if (!held) return;
  const { activeElement: active, body } = document;
  const isElsewhere = active && active !== body && active !== held.element && isSeen(active);
  if (isElsewhere) return;
  if (isSeen(held.element)) return focusOn(held.element);
  const place = held.places.map((id) => document.getElementById(id)).find((one) => one && isSeen(one));
  if (place) focusOn(stopIn(place));
}

/** Who presses elsewhere leaves by choice. */
function leave({ target }) {
  if (!held?.element.contains(target)) held = null;
}

document.addEventListener("pointerdown", leave);
document.addEventListener("focusin", hold); // not only before a swap: one goes on moving while its answer is put in place
document.addEventListener("htmx:before:swap", hold);
document.addEventListener("htmx:after:swap", () => {
  giveBack();
  requestAnimationFrame(giveBack); // what is shown to one reader alone is hidden after the swap
});
