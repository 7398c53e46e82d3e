/** How one language writes abbreviations. An entry with a capital is matched as written, another one with a capital too. */
interface AbbreviationRow {
  /** Words whose full stop never ends a sentence: titles, and abbreviations that need a word after them. */
  readonly always: string;
  /** Words whose full stop does not end a sentence when a number follows: "No. 5". */
  readonly beforeNumber: string;
}

/** Abbreviations that several languages share. */
const shared: AbbreviationRow = { always: 'Dr Prof St cf vs ca', beforeNumber: 'no fig vol art tel p pp' };

/** Abbreviations by language, without their full stops. Single letters need no entry: their full stop never ends a sentence. */
const rows: Readonly<Record<string, AbbreviationRow>> = {
  en: {
    always: 'Mr Mrs Ms Mx Messrs Mt Rev Hon Gen Col Capt Cmdr Lt Sgt Maj Gov Sen Rep Pres Supt e.g i.e viz approx',
    beforeNumber: 'nos figs eq ch sec al ext c Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec',
  },
  sw: { always: 'Bw Bi Bwn Dk Mh Mhe Mt Sis Luteni k.m', beforeNumber: 'na uk sh Ksh Tsh kur' },
  ar: { always: 'أ.د م.م', beforeNumber: 'و?ص و?مج و?هـ' },
  de: {
    always: 'Hr Hrn Fr Frl Dipl Ing Univ vgl bzw evtl ggf inkl exkl zzgl sog bspw geb gest Mio Mrd z.B d.h u.a i.d.R',
    beforeNumber: 'Nr Abs Abb Bd Kap S Tel max min Jan Feb Mrz Apr Jun Jul Aug Sept Okt Nov Dez \\p{L}*[sS]tr',
  },
  fr: {
    always: 'M MM Mme Mlle Mgr Pr Ste ex p.ex env av apr c.-à-d',
    beforeNumber: 'chap éd tél n janv févr avr juil sept oct nov déc',
  },
  es: {
    always: 'Sr Sra Srta Sres Dra Dña Profa Lic Ing Arq Ud Uds Vd Vds Sto Sta Excmo Gral Cnel Avda ej p.ej aprox EE UU',
    beforeNumber: 'núm pág págs cap av',
  },
  pt: {
    always: 'Sr Sra Srs Srta Dra Profa Eng Exmo Exma Sto Sta Av ex p.ex séc aprox',
    beforeNumber: 'núm nº pág págs cap',
  },
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
    const matchAny = (list: keyof AbbreviationRow): RegExp => matcher([shared, ...row].map((each) => each[list]).join(' '));
    rules = { always: matchAny('always'), beforeNumber: matchAny('beforeNumber'), hasOrdinals: withOrdinals.test(primary) };
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
