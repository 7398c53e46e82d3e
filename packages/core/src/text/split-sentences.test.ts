import fc from 'fast-check';
import { expect, test } from 'vitest';

import { splitSentences } from './split-sentences.ts';

/** Texts by language, cut where a reader would cut them: `|` stands for a border between sentences. */
const readings: Readonly<Record<string, readonly string[]>> = {
  en: [
    'One is short. |Is this two? |Three! |Yes.',
    'Dr. Smith met Mr. Jones. |They spoke.',
    'Prof. Lee lives in St. Louis, near Mt. Hood.',
    'Gen. Grant, Capt. Ahab and Rev. Green agreed. |Lt. Col. Fox did not.',
    'J. R. R. Tolkien wrote it. |George W. Bush did not.',
    'J.R.R. Tolkien joined the U.S. Army.',
    'So am I. |He left.',
    'Some fruit, e.g. Apples, i.e. Boskoop. |Good.',
    'See No. 5, Fig. 3 and pp. 4. |Done.',
    'Is it yes or no. |Then go.',
    'Lee et al. (2020) found it. |Others agree.',
    'It was Jan. 5 then. |It rained.',
    '1. Wash it. |2. Dry it. |10. Go home.',
    'It costs 3.14 at 10.30 in v2.0.1. |Fine.',
    'It opens at 9 a.m. sharp. |It shuts at 5 P.M. |Bring an umbrella.',
    'See https://example.org/Search?q=A.B&c=D!e for more. |Then stop.',
    'Write to a.b@example.co.uk or to x.y.z@example.org. |Thanks.',
    'Well... maybe. |Wait... |What?!  |No.',
    'Wait . . . and see.',
    '"Go!" she said. |"Now?" he asked. |“Yes.” |Then she left.',
    '(See there.) |It is [so]. |It ends.[1] |More.',
    'He asked “Why?” and left.',
    'A heading\n|A paragraph.\n\n|Another one',
    'What? |And who? |hello! |how are you',
    'Node.js and e.e. cummings vs. Rust. |Approx. 5 kg.',
  ],
  sw: [
    'Bw. Juma na Bi. Amina walikuja. |Karibu sana!',
    'Dk. Salim na Prof. Mbele. |Mh. Rais, Mhe. Spika na Mt. Petro.',
    'Matunda, k.m. Maembe, ni mazuri. |Na. 5 ni ya kwanza. |Uk. 12 pia.',
    'Bei ni Sh. 500 au Ksh. 2.500 tu. |Sawa?',
    '1. Osha. |2. Kausha.',
    'Wewe ni nani? |Mimi ni J. K. Nyerere.',
    'Tazama https://mfano.co.tz/?tafuta=Habari sasa. |Asante.',
  ],
  ar: [
    'تغادر العبّارة في السابعة صباحًا. |تعبر المضيق.',
    'قال د. أحمد ذلك. |ثم غادر أ.د. محمد المكان.',
    'كيف حالك؟ |أنا بخير! |شكرًا.',
    'كيف حالك؟|أنا بخير.',
    'انظر ص. 12 ومج. 3 في الكتاب. |النهاية.',
    'السعر 3.14 أو ٣٫١٤ والموعد 10.30. |حسنًا.',
    'زر https://example.org/?q=1 الآن. |شكرًا.',
    'قال: «نعم.» |ثم غادر.',
    '1. اغسل. |2. جفف.',
    'وہ آیا۔ |وہ گیا۔',
  ],
  de: [
    'Hr. Dr. Meier und Fr. Prof. Schulz kommen. |Sie gehen.',
    'Obst, z. B. Äpfel, d. h. Boskoop, u. a. Birnen. |Gut.',
    'Obst, z.B. Äpfel bzw. Birnen, ggf. Kirschen. |Vgl. Abb. 3 und Nr. 4.',
    'Am 3. Oktober, im 19. Jahrhundert, am 10. 5. 2024. |Ende.',
    'Das war im Jahr 1989. |Danach kam es anders.',
    'Es kostet 5 Mio. Euro in der Hauptstr. 105. |Wirklich?',
    // A number of one or two digits counts as an ordinal: a border too few is better than one too many.
    'Wir sind 5. Die anderen kommen später.',
    'Er heißt J. S. Bach. |Das ist, was ich mag. |Du auch.',
    '„Los!“ rief er. |»Nein.« |Dann ging er.',
    'Um 10.30 Uhr sind es 1.000,50 Euro. |So ist es.',
    'Dipl.-Ing. Weber kommt i. d. R. Montags. |Gut.',
  ],
  fr: [
    'M. Dupont et Mme. Durand sont là. |Mlle. Petit aussi.',
    'Le Pr. Martin, Mgr. Roux et Ste. Anne. |Fin.',
    'Des fruits, p. ex. Pommes et p.ex. Poires. |Bien.',
    'Voir chap. 3 et éd. 2. |En l’an 50 av. J.-C. la Gaule est occupée.',
    '« Bonjour ! » dit-il. |« Non. » |Puis il partit.',
    'Vraiment ? |Oui ! |Bon.',
    'A. de Saint-Exupéry vola. |Il écrivit.',
  ],
  es: [
    'El Sr. García y la Sra. López llegaron. |¿Quién más? |¡Todos!',
    'La Dra. Ruiz, el Lic. Paz y Ud. Mismo. |Fin.',
    'Frutas, p. ej. Manzanas. |Véase pág. 5 y núm. 3.',
    'En EE. UU. Hay de todo. |Sí.',
    '—Hola. |—Adiós.',
    'Cuesta 3.500,20 a las 10.30. |Bien.',
    '«Sí.» |Luego se fue.',
  ],
  pt: [
    'O Sr. Silva e a Sra. Souza chegaram. |O Exmo. Juiz também.',
    'A Dra. Lima e o Eng. Reis. |No séc. XIX era assim.',
    'Frutas, p. ex. Maçãs. |Veja pág. 5 e núm. 3.',
    'Mora na Av. Paulista. |Custa 3,50. |Certo?',
  ],
  ja: ['船は七時に出ます。|海は静かです！|本当ですか？|はい。', '「行こう。」|彼は言った。', '値段は３．５です。|はい。'],
  hi: ['नाव सात बजे निकलती है। |समुद्र शांत है। |ठीक?'],
  am: ['ጀልባው ይነሳል። |ባሕሩ ጸጥ ብሏል።'],
  '': ['Dr. Who met Bw. Juma and Hr. Meier. |They spoke. |Tell me. |Now.', 'قال د. أحمد ذلك. |ثم غادر.'],
};

for (const [language, texts] of Object.entries(readings)) {
  test.each(texts)(`cuts ${language || 'an unknown language'} where a reader does: %s`, (marked) => {
    const pieces = marked.split('|');
    expect(splitSentences(pieces.join(''), language)).toEqual(pieces);
    expect(splitSentences(pieces.join(''), language ? `${language.toUpperCase()}-XX` : undefined)).toEqual(pieces);
  });
}

/** Text made of what makes cutting hard. */
const hardText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '. ',
        '.',
        '! ',
        '? ',
        '؟',
        '。',
        '…',
        ' ',
        '\n',
        '\r\n',
        '\u2029',
        '"',
        '»',
        '«',
        '(',
        ')',
        '[1]',
        '\u00A0',
        '’',
      ),
      fc.constantFrom('Dr', 'z', 'B', 'J', 'No', '1', '12', 'I', 'word', 'Word', 'د', 'كلمة', '海', 'https://x.org/?a=B'),
      fc.constantFrom('\u0301', '\u200D', '🏽', '👩‍👩‍👧', '\uFE0F', '🇰🇪', '\u0600', 'ि'),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));
const anyLanguage = fc.constantFrom(...Object.keys(readings), 'toString', 'xx');

test('joined, the pieces are the text, and none of them is blank', () => {
  fc.assert(
    fc.property(hardText, anyLanguage, (text, language) => {
      const pieces = splitSentences(text, language);
      expect(pieces.join('')).toBe(text);
      if (text.trim()) for (const piece of pieces) expect(piece.trim()).not.toBe('');
      else expect(pieces).toEqual(text ? [text] : []);
    }),
    { numRuns: 2_000 },
  );
});

test('no border is inside a grapheme', () => {
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
  fc.assert(
    fc.property(hardText, anyLanguage, (text, language) => {
      const starts = new Set(Array.from(graphemes.segment(text), ({ index }) => index));
      let at = 0;
      for (const piece of splitSentences(text, language)) {
        expect(starts).toContain(at);
        at += piece.length;
      }
    }),
    { numRuns: 2_000 },
  );
});

test('every piece but the last stays when text is appended, once the last piece has a letter', () => {
  fc.assert(
    fc.property(hardText, fc.nat(), anyLanguage, (text, at, language) => {
      const early = splitSentences(text.slice(0, at % (text.length + 1)), language);
      if (!/\p{L}/u.test(early.at(-1) ?? '')) return;
      expect(splitSentences(text, language).slice(0, early.length - 1)).toEqual(early.slice(0, -1));
    }),
    { numRuns: 20_000 },
  );
});

test.each(['.', '. ', '"', ' ', '[1]', '\n', 'a', '。', '(', 'A. '])('reads 200,000 times %j in under a second', (unit) => {
  const text = unit.repeat(200_000);
  const startedAt = performance.now();
  expect(splitSentences(`${text}x`).join('')).toBe(`${text}x`);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});
