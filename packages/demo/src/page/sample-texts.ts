/** Texts to start from, each under its language's own name. */
export const sampleTexts = [
  {
    name: 'English',
    language: 'en',
    text: 'Hello! You are hearing this while the rest of it is still being made. No key, no account: a small emulator on your own computer speaks the real protocol.',
  },
  {
    name: 'Kiswahili',
    language: 'sw',
    text: 'Habari! Unasikia sauti hii wakati maneno mengine bado yanatengenezwa. Karibu sana, na asante kwa kusikiliza.',
  },
  {
    name: 'العربية',
    language: 'ar',
    text: 'مَرْحَبًا! أَنْتَ تَسْمَعُ هَذَا الصَّوْتَ بَيْنَمَا لَا تَزَالُ بَقِيَّةُ الْكَلَامِ قَيْدَ الْإِعْدَادِ. أَهْلًا وَسَهْلًا بِكَ.',
  },
] as const;

/** A language that has a sample text. */
export type SampleLanguage = (typeof sampleTexts)[number]['language'];
