// A date or a number that is half typed is nothing to the server: the browser would send an empty field.

const isHalfTyped = (field) => Boolean(field.validity?.badInput);

/** The first field of a form that is half typed, if any. */
export const halfTyped = (form) => [...form.elements].find(isHalfTyped);

/** The button that takes a line away takes what is half typed in it too. */
const goesAway = (field, button) => Boolean(button?.closest(".line")?.contains(field));

/** The form is not sent: the browser says at the field what is wanted there, as no server can have seen it. */
function hold(event) {
  const field = [...event.target.elements].find((one) => isHalfTyped(one) && !goesAway(one, event.submitter));
  if (!field) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  field.reportValidity();
}

document.addEventListener("submit", hold, true);
