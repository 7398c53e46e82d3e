import type { SpeechErrorKind } from '@saystream/errors';

/** All words that the element shows or says, in English; `label-…` attributes replace them. */
const english = {
  player: 'Speech',
  play: 'Play',
  pause: 'Pause',
  position: 'Position',
  idle: 'Listen to this text',
  waiting: 'Loading…',
  blocked: 'Click to hear it',
  estimate: 'Estimated',
  failed: 'This text cannot be read aloud at the moment.',
  busy: 'The voice is busy. Try again in a moment.',
  offline: 'The voice cannot be reached. Check your connection and try again.',
  incomplete: 'The voice stopped before the end. Try again.',
  'too-long': 'This text is too long to be read aloud.',
  silent: 'Your browser does not let this page play sound.',
};

/** A word or sentence of the element. */
export type Label = keyof typeof english;

const words: Readonly<Record<string, Readonly<Record<Label, string>>>> = {
  en: english,
  ar: {
    player: 'قراءة صوتية',
    play: 'تشغيل',
    pause: 'إيقاف مؤقت',
    position: 'الموضع',
    idle: 'استمع إلى هذا النص',
    waiting: 'جارٍ التحميل…',
    blocked: 'اضغط للاستماع',
    estimate: 'تقديري',
    failed: 'تتعذر قراءة هذا النص صوتيًا الآن.',
    busy: 'الصوت مشغول. حاول مرة أخرى بعد قليل.',
    offline: 'يتعذر الوصول إلى الصوت. تحقق من اتصالك وحاول مرة أخرى.',
    incomplete: 'توقف الصوت قبل النهاية. حاول مرة أخرى.',
    'too-long': 'هذا النص أطول من أن يُقرأ صوتيًا.',
    silent: 'متصفحك لا يسمح لهذه الصفحة بتشغيل الصوت.',
  },
  sw: {
    player: 'Usomaji',
    play: 'Cheza',
    pause: 'Sitisha',
    position: 'Mahali',
    idle: 'Sikiliza maandishi haya',
    waiting: 'Inapakia…',
    blocked: 'Bofya ili usikie',
    estimate: 'Kadirio',
    failed: 'Maandishi haya hayawezi kusomwa kwa sauti kwa sasa.',
    busy: 'Sauti ina shughuli nyingi. Jaribu tena baada ya muda mfupi.',
    offline: 'Sauti haipatikani. Angalia mtandao wako kisha ujaribu tena.',
    incomplete: 'Sauti ilikatika kabla ya mwisho. Jaribu tena.',
    'too-long': 'Maandishi haya ni marefu mno kusomwa kwa sauti.',
    silent: 'Kivinjari chako hakiruhusu ukurasa huu kutoa sauti.',
  },
};

/** What a listener is told of each kind of error. The developer's words go to the console and the event. */
const labelOfKind: Readonly<Record<SpeechErrorKind, Label>> = {
  'invalid-request': 'failed',
  unauthorized: 'failed',
  'insufficient-credits': 'failed',
  forbidden: 'failed',
  'not-found': 'failed',
  'not-ready': 'busy',
  busy: 'busy',
  conflict: 'busy',
  'too-large': 'too-long',
  'rate-limited': 'busy',
  'vendor-fault': 'busy',
  unavailable: 'busy',
  'generation-failed': 'failed',
  truncated: 'incomplete',
  'not-audio': 'failed',
  'bad-response': 'failed',
  'connection-lost': 'offline',
  unreachable: 'offline',
  timeout: 'offline',
  aborted: 'incomplete',
  'playback-blocked': 'silent',
  unknown: 'failed',
};

/** Returns the label of an error kind; a kind that this version does not know is `failed`. */
export const labelOfError = (kind: string): Label =>
  Object.hasOwn(labelOfKind, kind) ? labelOfKind[kind as SpeechErrorKind] : 'failed';

/** Returns a word in a language (BCP 47), in English where the element does not know the language. */
export function wordOf(label: Label, language: string): string {
  const [primary = ''] = language.toLowerCase().split('-');
  return (Object.hasOwn(words, primary) ? words[primary]! : english)[label];
}
