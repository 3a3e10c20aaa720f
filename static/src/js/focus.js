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
  if (!element || element === body) return;
  held = { element, places: placesAround(element), form: element.form?.id, from: element.selectionStart, to: element.selectionEnd };
}

/** The field of the same name in the same form, where another took the place of the one that was written in. */
function successor() {
  const found = held.form && held.element.name && document.getElementById(held.form)?.elements?.[held.element.name];
  return found?.matches && isSeen(found) ? found : null; // several of one name are a list, which matches nothing
}

/** The caret, where the field has one, stands where it stood. */
function writeIn(field) {
  focusOn(field);
  if (field.matches("textarea, input[type=text], input:not([type])")) field.setSelectionRange(held.from, held.to);
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
  const field = held.element.matches("input, select, textarea") && successor();
  if (field) return writeIn(field);
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
