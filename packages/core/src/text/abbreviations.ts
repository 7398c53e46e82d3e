/**
 * How a language writes abbreviations, without their full stops. Before the bar: words whose full stop never ends a sentence, such as
 * titles, and abbreviations that need a word after them. Behind it: words whose full stop ends no sentence when a number follows, as
 * in "No. 5". An entry with a capital is matched as written, another one with a capital too. Single letters need no entry: their full
 * stop never ends a sentence.
 */
type AbbreviationRow = `${string}|${string}`;

/** Abbreviations that several languages share. */
const shared: AbbreviationRow =
  'Dr Prof St cf vs ca|no fig vol art tel p pp jan feb mar apr jun jul aug sep sept oct okt nov dec dez';

/** French, Spanish and Portuguese share most of theirs. */
const romance: AbbreviationRow =
  'M MM Mme Mlle Mgr Pr Ste ex p.ex env av apr c.-à-d Sr Sra Srs Srta Sres Dra Dña Profa Lic Ing Eng Arq Ud Uds Vd Vds Sto Sta Excmo Exmo Exma Gral Cnel Avda ej p.ej séc aprox EE UU|chap éd tél n janv févr avr juil déc núm nº pág págs cap';

/** Abbreviations by language. */
const rows: Readonly<Record<string, AbbreviationRow>> = {
  en: 'Mr Mrs Ms Mx Messrs Mt Rev Hon Gen Col Capt Cmdr Lt Sgt Maj Gov Sen Rep Pres Supt e.g i.e viz approx|nos figs eq ch sec al ext c',
  sw: 'Bw Bi Bwn Dk Mh Mhe Mt Sis Luteni k.m|na uk sh Ksh Tsh kur',
  ar: 'أ.د م.م|و?ص و?مج و?هـ',
  de: 'Hr Hrn Fr Frl Dipl Ing Univ vgl bzw evtl ggf inkl exkl zzgl sog bspw geb gest Mio Mrd z.B d.h u.a i.d.R|Nr Abs Abb Bd Kap S max min Mrz \\p{L}*[sS]tr',
  fr: romance,
  es: romance,
  pt: romance,
};

/** Languages that write an ordinal as a number and a full stop: "am 3. Oktober". */
const withOrdinals = /^(?:cs|da|de|et|fi|hr|hu|lv|nb|nn|no|pl|sk|sl|sr|tr)$/;

/** The rules of one language. */
export interface AbbreviationRules {
  /** Matches a word, without its full stop, that never ends a sentence. */
  readonly always: RegExp;
  /** Matches a word that ends no sentence when a number follows. */
  readonly beforeNumber: RegExp;
  /** Whether a number and a full stop are an ordinal. */
  readonly hasOrdinals: boolean;
}

const known = new Map<string, AbbreviationRules>();

/** Returns the rules of a BCP 47 language tag. A language without a row has the abbreviations of all rows. */
export function abbreviationsOf(language: string): AbbreviationRules {
  const [primary = ''] = language.toLowerCase().split('-');
  let rules = known.get(primary);
  if (!rules) {
    const row = Object.hasOwn(rows, primary) ? [rows[primary]!] : Object.values(rows);
    const matchAny = (half: 0 | 1): RegExp => matcher([shared, ...row].map((each) => each.split('|')[half]).join(' '));
    rules = { always: matchAny(0), beforeNumber: matchAny(1), hasOrdinals: withOrdinals.test(primary) };
    // Only languages that exist are kept: the tag is the page's.
    if (Object.hasOwn(rows, primary) || !primary) known.set(primary, rules);
  }
  return rules;
}

/** Matches any word of a list, also behind a hyphen: "Dipl.-Ing.". A word at the start of a sentence has a capital that the table does not show. */
function matcher(words: string): RegExp {
  const patterns = words
    .replaceAll('.', '\\.')
    .split(' ')
    .map((word) => word.replace(/^\p{Ll}/u, (letter) => `[${letter}${letter.toUpperCase()}]`));
  return new RegExp(`^(?:.*-)?(?:${patterns.join('|')})$`, 'u');
}
