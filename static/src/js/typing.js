/** The form of a fragment in which somebody writes: something was typed and not sent, or the caret stands in it. */
export function typing(fragment) {
  const dirty = fragment.querySelector("form[data-dirty]");
  if (dirty) return dirty;
  const active = document.activeElement;
  const isField = active?.matches("input:not([type=hidden]), textarea, select");
  return isField && fragment.contains(active) ? active.closest("form") : null;
}
