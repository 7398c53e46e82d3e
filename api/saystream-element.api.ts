import { PlaybackState, PlayerOptions, PlaybackError, PlaybackReport } from '@saystream/player';
import { Voice } from '@saystream/core';
declare const Base: typeof HTMLElement;
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
declare function defineSayStream(name?: string): void;
declare global {
    interface HTMLElementTagNameMap {
        'say-stream': SayStreamElement;
    }
}
export type {
    SayStreamState
};
export {
    SayStreamElement,
    defineSayStream
};
