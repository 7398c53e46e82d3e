/** Strikes one key out of texts. */
export interface KeyRedactor {
  /** The text with stars in the place of the key. `isCut`: the text may end within the key. */
  (text: string, isCut?: boolean): string;
  /** The most characters that one finding can have; 0 when nothing is searched for. */
  readonly longest: number;
}

/** Shorter keys are not searched for: they would tear words apart. */
const fewestCharacters = 8;
/** So much of a key is struck where a text was cut within it. */
const fewestOfCut = 4;
/** White space and its escapes in JSON and in addresses. Bounded, so that the search stays linear. */
const gap = String.raw`(?:\s|\\[nrt]|%0[9ad]|%20){0,20}`;
/** The longest that one character with the gap before it can be. */
const longestCharacter = 80;

const hexOf = (character: string): string => character.charCodeAt(0).toString(16).padStart(2, '0');

/** One character as it is, in JSON (`\/`, `\u002f`) and in an address (`%2f`, `%252f`). */
function spelt(character: string): string {
  const hex = hexOf(character);
  return String.raw`(?:\\{0,16}(?:\x${hex}|u00${hex})|%(?:25){0,2}${hex})`;
}

/** Base64 and base64url differ in two characters. */
const either = (character: string): string =>
  /[+/]/.test(character) ? `(?:${spelt(character)}|${spelt(character === '+' ? '-' : '_')})` : spelt(character);

/** The characters of base64 that hold nothing but the key when `offset` bytes stand before it. */
const base64At = (key: string, offset: number): string =>
  btoa('.'.repeat(offset) + key).slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + key.length) * 8) / 6));

/** The beginning of what `characters` match, at the end of a text. */
const cutAfter = (characters: readonly string[]): string =>
  characters.slice(0, fewestOfCut).join(gap) +
  characters.slice(fewestOfCut).reduceRight((rest, character) => `(?:${gap}${character}${rest})?`, '') +
  `${gap}$`;

/** The expressions that find a key. */
function patternsOf(key: string) {
  const forms = [[...key.replace(/\s/g, '')].map(spelt), ...[0, 1, 2].map((offset) => [...base64At(key, offset)].map(either))];
  const oneOf = (patterns: readonly string[]) => new RegExp(patterns.join('|'), 'gi');
  // The whole patterns take megabytes once they are used: only a text that has the beginning is searched for the rest.
  const beginning = (length: number) => new RegExp(forms.map((form) => form.slice(0, length).join(gap)).join('|'), 'i');
  return {
    mayHold: beginning(fewestCharacters),
    mayHoldCut: beginning(fewestOfCut),
    whole: oneOf(forms.map((form) => form.join(gap))),
    cut: oneOf(forms.map(cutAfter)),
    longest: Math.max(...forms.map((form) => form.length)) * longestCharacter,
  };
}

const stars = (found: string): string => '*'.repeat(found.length);

/**
 * Creates a function that replaces a key in a vendor's text by stars. It finds the key in upper and lower case, as it is, URL-encoded,
 * escaped in JSON, in base64 and base64url at each alignment, and with line breaks within. A text comes back as long as it was. Keys of fewer than 8 characters are not searched for.
 *
 * @param key printable ASCII; undefined for a client without a key
 */
export function createKeyRedactor(key: string | undefined): KeyRedactor {
  // Nothing else fits into a header, so nothing else is a key.
  if (!key || key.length < fewestCharacters || !/^[ -~]+$/.test(key))
    return Object.assign((text: string) => text, { longest: 0 });
  const { mayHold, mayHoldCut, whole, cut, longest } = patternsOf(key);
  const redact = (text: string, isCut?: boolean) => {
    const clean = mayHold.test(text) ? text.replace(whole, stars) : text;
    return isCut && mayHoldCut.test(clean) ? clean.replace(cut, stars) : clean;
  };
  return Object.assign(redact, { longest });
}
