import { decodeNamedCharacterReference } from 'decode-named-character-reference';

const reference = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z][\da-zA-Z]{1,31}));/g;

const decodeReferences = (text: string): string =>
  text.replace(reference, (all, decimal?: string, hex?: string, name?: string) => {
    if (name) return decodeNamedCharacterReference(name) || all;
    const code = decimal ? Number(decimal) : Number.parseInt(hex!, 16);
    return code > 0 && code <= 0x10_ffff && (code < 0xd8_00 || code > 0xdf_ff) ? String.fromCodePoint(code) : '\uFFFD';
  });

/** Pairs of a beginning and an end. The HTML between them is not spoken. */
const silent: readonly (readonly [begin: RegExp, end: RegExp])[] = [
  [/^<!--/, /-->/g],
  [/^<\?/, /\?>/g],
  [/^<!\[CDATA\[/, /\]\]>/g],
  [/^<(script|style|template|textarea)(?=[\s/>])/i, /<\/(?:script|style|template|textarea)\s*>/gi],
  [/^<[/!a-zA-Z]/, />/g],
];

/** Returns the text of HTML: without tags, comments, scripts and styles, with entities decoded. An unclosed tag ends the text. */
export function htmlText(html: string): string {
  let text = '';
  let at = 0;
  for (let open = html.indexOf('<'); open >= 0; open = html.indexOf('<', at)) {
    const head = html.slice(open, open + 12);
    const end = silent.find(([begin]) => begin.test(head))?.[1];
    text += html.slice(at, open);
    at = open + 1;
    if (!end) {
      text += '<';
      continue;
    }
    end.lastIndex = open;
    if (!end.test(html)) return decodeReferences(text);
    at = end.lastIndex;
    text += ' ';
  }
  return decodeReferences(text + html.slice(at));
}
