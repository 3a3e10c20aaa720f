// Whoever writes keeps the field and the text, whatever others do meanwhile.

let isComposing = false; // an accent is being made: its first key has been pressed and nothing stands in the field yet

/** The form of a fragment in which somebody writes: something was typed and not sent, or an accent is being made. A
 * caret alone holds nothing back: focus.js puts it back, and may have put it there. */
function typing(fragment) {
  const dirty = fragment.querySelector("form[data-dirty]");
  if (dirty) return dirty;
  const active = isComposing ? document.activeElement : null;
  return active && fragment.contains(active) ? active.closest("form[id]") : null;
}

/** Whether the form itself is being answered: then its answer takes its place. */
function isAnswered(form, ctx) {
  return ctx.response && form.contains(ctx.sourceElement) && form.dataset.dirty === undefined;
}

const OF_THE_SERVER = ["version", "seen", "csrf_token"];
const written = (form) => JSON.stringify([...new FormData(form)].filter(([name]) => !OF_THE_SERVER.includes(name)));

/** What was typed has come back from the server as it stands: it is safe, even if the answer itself never comes. */
function acknowledge(form, coming) {
  if (form.dataset.dirty === undefined || form.dataset.kept !== undefined || written(form) !== written(coming)) return;
  delete form.dataset.dirty;
  form.removeAttribute("hx-morph-skip");
}

/** A form in which one went on typing after sending it was accepted as it was sent: the next text follows that one. */
function follow(form, coming, ctx) {
  if (!ctx.response || ctx.response.raw.status >= 400 || !form.contains(ctx.sourceElement)) return;
  for (const { name, value } of coming.querySelectorAll("[name=version], [name=seen]")) form.elements[name].value = value;
}

/** The form stays as it is; a fragment in which it has no place any more is left alone until it is sent. */
function protect(tasks, ctx) {
  for (const task of [...tasks]) {
    const form = task.target?.querySelector && typing(task.target);
    if (!form || isAnswered(form, ctx)) continue;
    const coming = task.fragment.querySelector(`[id="${form.id}"]`);
    if (coming) acknowledge(form, coming);
    if (form.dataset.dirty === undefined && !isComposing) continue;
    form.dataset.behind = "";
    if (coming) {
      form.setAttribute("hx-morph-skip", "");
      follow(form, coming, ctx);
    } else tasks.splice(tasks.indexOf(task), 1);
  }
}

document.addEventListener("compositionstart", () => (isComposing = true));
document.addEventListener("compositionend", () => (isComposing = false));
document.addEventListener("htmx:before:swap", ({ detail }) => protect(detail.tasks, detail.ctx));
document.addEventListener("htmx:after:swap", () => {
  for (const form of document.querySelectorAll("form[data-behind]:not([data-dirty], [data-kept])")) form.removeAttribute("hx-morph-skip");
});
document.addEventListener("focusout", ({ target }) => {
  const form = target.closest?.("form[data-behind]:not([data-dirty])");
  if (!form) return;
  delete form.dataset.behind;
  document.dispatchEvent(new CustomEvent("live:again"));
});
