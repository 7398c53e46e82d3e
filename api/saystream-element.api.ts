import { PlaybackState, PlayerOptions, PlaybackError, PlaybackReport } from '@saystream/player';
import { Voice } from '@saystream/core';
declare const Base: typeof HTMLElement;
type Label = keyof typeof words;
type Properties = {
    readonly [Name in keyof ReflectedAttributes]?: ReflectedAttributes[Name] | undefined;
};
interface ReflectedAttributes {
    relay: string;
    vendor: string;
    voice: string;
    model: string;
    language: string;
    speed: number;
    rate: number;
    autoplay: boolean;
}
interface SayStreamAttributes extends Properties, Words {
    readonly speaker?: Voice | null | undefined;
}
interface SayStreamElement extends ReflectedAttributes {
}
declare class SayStreamElement extends Base {
    #private;
    static playerOptions: PlayerOptions;
    static readonly observedAttributes: string[];
    constructor();
    get speaker(): Voice | undefined;
    set speaker(voice: Voice | null | undefined);
    get state(): SayStreamState;
    get currentTime(): number;
    set currentTime(seconds: number);
    get duration(): number;
    get error(): PlaybackError | null;
    play(): Promise<PlaybackReport>;
    pause(): void;
    stop(): void;
    connectedCallback(): void;
    disconnectedCallback(): void;
    attributeChangedCallback(name: string): void;
}
type SayStreamState = 'idle' | PlaybackState;
type Words = {
    readonly [Name in Label as `label-${Name}`]?: string | undefined;
};
declare function defineSayStream(name?: string): void;
declare global {
    interface HTMLElementTagNameMap {
        'say-stream': SayStreamElement;
    }
}
declare const words: {
    readonly player: readonly [
        "Speech",
        "قراءة صوتية",
        "Usomaji"
    ];
    readonly play: readonly [
        "Play",
        "تشغيل",
        "Cheza"
    ];
    readonly pause: readonly [
        "Pause",
        "إيقاف مؤقت",
        "Sitisha"
    ];
    readonly position: readonly [
        "Position",
        "الموضع",
        "Mahali"
    ];
    readonly idle: readonly [
        "Listen to this text",
        "استمع إلى هذا النص",
        "Sikiliza maandishi haya"
    ];
    readonly waiting: readonly [
        "Loading…",
        "جارٍ التحميل…",
        "Inapakia…"
    ];
    readonly blocked: readonly [
        "Click to hear it",
        "اضغط للاستماع",
        "Bofya ili usikie"
    ];
    readonly estimate: readonly [
        "Estimated",
        "تقديري",
        "Kadirio"
    ];
    readonly failed: readonly [
        "This text cannot be read aloud at the moment.",
        "تتعذر قراءة هذا النص صوتيًا الآن.",
        "Maandishi haya hayawezi kusomwa kwa sauti kwa sasa."
    ];
    readonly busy: readonly [
        "The voice is busy. Try again in a moment.",
        "الصوت مشغول. حاول مرة أخرى بعد قليل.",
        "Sauti ina shughuli nyingi. Jaribu tena baada ya muda mfupi."
    ];
    readonly offline: readonly [
        "The voice cannot be reached. Check your connection and try again.",
        "يتعذر الوصول إلى الصوت. تحقق من اتصالك وحاول مرة أخرى.",
        "Sauti haipatikani. Angalia mtandao wako kisha ujaribu tena."
    ];
    readonly incomplete: readonly [
        "The voice stopped before the end. Try again.",
        "توقف الصوت قبل النهاية. حاول مرة أخرى.",
        "Sauti ilikatika kabla ya mwisho. Jaribu tena."
    ];
    readonly 'too-long': readonly [
        "This text is too long to be read aloud.",
        "هذا النص أطول من أن يُقرأ صوتيًا.",
        "Maandishi haya ni marefu mno kusomwa kwa sauti."
    ];
    readonly silent: readonly [
        "Your browser does not let this page play sound.",
        "متصفحك لا يسمح لهذه الصفحة بتشغيل الصوت.",
        "Kivinjari chako hakiruhusu ukurasa huu kutoa sauti."
    ];
};
export type {
    SayStreamAttributes,
    SayStreamState
};
export {
    SayStreamElement,
    defineSayStream
};
