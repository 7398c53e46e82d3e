import { PlaybackState, PlayerOptions, PlaybackError, PlaybackReport } from '@saystream/player';
import { Voice } from '@saystream/core';
declare const Base: typeof HTMLElement;
type Label = keyof typeof english;
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
declare const english: {
    player: string;
    play: string;
    pause: string;
    position: string;
    idle: string;
    waiting: string;
    blocked: string;
    estimate: string;
    failed: string;
    busy: string;
    offline: string;
    incomplete: string;
    'too-long': string;
    silent: string;
};
declare global {
    interface HTMLElementTagNameMap {
        'say-stream': SayStreamElement;
    }
}
export type {
    SayStreamAttributes,
    SayStreamState
};
export {
    SayStreamElement,
    defineSayStream
};
