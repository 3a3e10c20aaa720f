// The rule of commission_app/core/nir.py, so that it is said while one types; the server decides.

const SEPARATOR = "[\\s.\\-/_·\\u2010-\\u2015\\u2212]";
const UNSEEN = /\u00ad|[\u200b-\u200d]|\u2060|\ufeff/g;
const IDENTIFIER = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;
const GAP = `${SEPARATOR}{0,3}`;
const APART = `${SEPARATOR}{1,3}`;
const PRINTED = new RegExp(
  `(?<!\\d)${["[1-478]", "\\d\\d", "(?:0[1-9]|1[0-2]|[2-9]\\d)", "(?:\\d\\d|2[AB])", "\\d{3}", "\\d{3}"].join(GAP)}(?:${GAP}\\d\\d)?(?!\\d)`,
  "gi",
);
const SPACED = new RegExp(`(?<!\\d)(?=([1-478](?:${GAP}[\\dAB]){14})(?!\\d))`, "gi");
const ONE_BY_ONE = new RegExp(
  `(?<!\\d)${["[1-478]", "\\d", "\\d", `(?:0${APART}[1-9]|1${APART}[0-2]|[2-9]${APART}\\d)`].join(APART)}${APART}\\d${APART}[\\dAB](?:${APART}\\d){6}(?!(?:${APART})?\\d)`,
  "i",
);

const signs = (text) => text.toUpperCase().replace(/[^\dAB]/g, "");

/** The last two digits are 97 less the rest of the others divided by 97; Corsica counts as 19 and 18. */
function keyIsRight(number) {
  const digits = signs(number).replace("2A", "19").replace("2B", "18");
  if (!/^\d{15}$/.test(digits)) return false;
  return BigInt(digits.slice(13)) === 97n - (BigInt(digits.slice(0, 13)) % 97n);
}

function isPrinted(number) {
  return signs(number).length === 13 || signs(number) !== number.toUpperCase() || keyIsRight(number);
}

/** Whether a text holds a social-security number of 13 or 15 digits. */
export function hasNir(typed) {
  const text = typed.normalize("NFKC").replace(UNSEEN, "").replace(IDENTIFIER, "|");
  if (ONE_BY_ONE.test(text)) return true;
  const printed = [...text.matchAll(PRINTED)].some(([found]) => isPrinted(found));
  return printed || [...text.matchAll(SPACED)].some(([, found]) => keyIsRight(found));
}
