/** Bidirectional controls, invisible operators and marks that make a text read as something else. */
const deceptive = /[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/;
/** Control characters other than the line feed and the tab. */
const control = /(?![\n\t])\p{Cc}/u;
/** Joiners stay where a script or an emoji needs them: behind a letter that is not ASCII, a mark or an emoji. */
const strayJoiner = /(?<![^\P{L}\p{ASCII}]|\p{M}|\p{Extended_Pictographic}|\p{Emoji_Modifier})[\u200C\u200D]+/u;
const loneSurrogate = /\p{Surrogate}/u;

const all = (pattern: RegExp): RegExp => new RegExp(pattern.source, `g${pattern.flags}`);
const everyDeceptive = all(deceptive);
const everyControl = all(control);
const everyStrayJoiner = all(strayJoiner);

const plain = /^[\n\t\u0020-\u007E]*$/;

/** The text without characters that hide or reorder others, and without halves of characters. */
export const clean = (text: string): string => {
  if (plain.test(text)) return text;
  const cleaned = text.replace(everyDeceptive, '').replace(everyControl, '').replace(everyStrayJoiner, '');
  return loneSurrogate.test(cleaned) ? cleaned.toWellFormed() : cleaned;
};

const ellipsis = '…';

/** The text in at most `max` UTF-16 units, with an ellipsis where it was cut; never cuts a character in half. */
export const truncate = (text: string, max: number): string => {
  if (text.length <= max) return text;
  const cut = text.slice(0, max - ellipsis.length);
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}${ellipsis}`;
};

/** Stands where Discord wants a text and there is none. */
export const nothing = '—';

/** Cleans and cuts a text for a place where Discord takes none that is empty. */
export const shown = (text: string, max: number): string => {
  const cleaned = clean(text);
  return cleaned.trim() === '' ? nothing : truncate(cleaned, max);
};
