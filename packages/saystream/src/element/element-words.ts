import type { SpeechErrorKind } from '@saystream/errors';

/** The languages of the words below, in their order. */
const languages = ['en', 'ar', 'sw'];

/** All words that the element shows or says; `label-…` attributes replace them. */
const words = {
  player: ['Speech', 'قراءة صوتية', 'Usomaji'],
  play: ['Play', 'تشغيل', 'Cheza'],
  pause: ['Pause', 'إيقاف مؤقت', 'Sitisha'],
  position: ['Position', 'الموضع', 'Mahali'],
  idle: ['Listen to this text', 'استمع إلى هذا النص', 'Sikiliza maandishi haya'],
  waiting: ['Loading…', 'جارٍ التحميل…', 'Inapakia…'],
  blocked: ['Click to hear it', 'اضغط للاستماع', 'Bofya ili usikie'],
  estimate: ['Estimated', 'تقديري', 'Kadirio'],
  failed: [
    'This text cannot be read aloud at the moment.',
    'تتعذر قراءة هذا النص صوتيًا الآن.',
    'Maandishi haya hayawezi kusomwa kwa sauti kwa sasa.',
  ],
  busy: [
    'The voice is busy. Try again in a moment.',
    'الصوت مشغول. حاول مرة أخرى بعد قليل.',
    'Sauti ina shughuli nyingi. Jaribu tena baada ya muda mfupi.',
  ],
  offline: [
    'The voice cannot be reached. Check your connection and try again.',
    'يتعذر الوصول إلى الصوت. تحقق من اتصالك وحاول مرة أخرى.',
    'Sauti haipatikani. Angalia mtandao wako kisha ujaribu tena.',
  ],
  incomplete: [
    'The voice stopped before the end. Try again.',
    'توقف الصوت قبل النهاية. حاول مرة أخرى.',
    'Sauti ilikatika kabla ya mwisho. Jaribu tena.',
  ],
  'too-long': [
    'This text is too long to be read aloud.',
    'هذا النص أطول من أن يُقرأ صوتيًا.',
    'Maandishi haya ni marefu mno kusomwa kwa sauti.',
  ],
  silent: [
    'Your browser does not let this page play sound.',
    'متصفحك لا يسمح لهذه الصفحة بتشغيل الصوت.',
    'Kivinjari chako hakiruhusu ukurasa huu kutoa sauti.',
  ],
} as const;

/** A word or sentence of the element. */
export type Label = keyof typeof words;

/** The kinds of error that a listener can tell apart. */
const kindsOfLabel: readonly (readonly [label: Label, ...kinds: SpeechErrorKind[]])[] = [
  ['busy', 'not-ready', 'busy', 'conflict', 'rate-limited', 'vendor-fault', 'unavailable'],
  ['too-long', 'too-large'],
  ['incomplete', 'truncated', 'aborted'],
  ['offline', 'connection-lost', 'unreachable', 'timeout'],
  ['silent', 'playback-blocked'],
];

/** Returns what a listener is told of an error kind: `failed` where they can do nothing. The developer's words go to the console and the event. */
export const labelOfError = (kind: SpeechErrorKind): Label =>
  kindsOfLabel.find(([, ...kinds]) => kinds.includes(kind))?.[0] ?? 'failed';

/** Returns a word in a language (BCP 47), in English where the element does not know the language. */
export const wordOf = (label: Label, language: string): string =>
  words[label][Math.max(0, languages.indexOf(language.toLowerCase().split('-')[0]!))]!;
