/** The languages the demo's voice speaks: Arabic, English, Swahili. */
export type SpokenLanguage = 'ar' | 'en' | 'sw';

// Frequent words that do not exist in the other language. Enough to tell a sentence, not a dictionary.
const swahili = new Set(
  `na ya wa kwa ni la za cha vya hii hiyo huyo hili katika kama lakini sana leo kesho jana sasa bado pia yetu yako
  yangu wako wangu wetu kwetu mimi wewe yeye sisi nyinyi wao nini nani gani wapi lini kwani habari karibu asante
  jambo hujambo sijambo shikamoo tafadhali ndiyo hapana hakuna matata rafiki dunia lugha kiswahili kiingereza sauti
  maneno nyumba nyumbani asubuhi mchana jioni usiku chakula maji watu mtu mtoto watoto shule kazi siku njema nzuri
  mzuri salama pole safari simba haraka baraka polepole kwaheri nina una ana tuna kuwa kila moja mbili tatu`.split(/\s+/),
);
const english = new Set(
  `the and of to is it in that this you he she we they was were are be been with for on as at by from not or but have
  has had i my your his her our their an will would can could what which who when where how there here hello please
  thank thanks yes speech while still being made`.split(/\s+/),
);

const arabicLetter = /\p{Script=Arabic}/gu;
const latinLetter = /\p{Script=Latin}/gu;
const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/**
 * Guesses which voice should read the text. Arabic by its script; Swahili against English by frequent words.
 * `fallback` answers when nothing speaks for either, as in a name or a number.
 */
export function detectLanguage(text: string, fallback: SpokenLanguage = 'en'): SpokenLanguage {
  if (count(text, arabicLetter) > count(text, latinLetter)) return 'ar';
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const swahiliWords = words.filter((word) => swahili.has(word)).length;
  const englishWords = words.filter((word) => english.has(word)).length;
  if (swahiliWords > englishWords) return 'sw';
  if (englishWords > swahiliWords) return 'en';
  // A Latin sentence inside an Arabic text is not Arabic.
  return fallback === 'ar' && words.length > 0 ? 'en' : fallback;
}
