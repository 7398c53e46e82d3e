import { PlaybackState, PlayerOptions, PlaybackError, PlaybackReport } from '@saystream/player';
import { Voice } from '@saystream/core';
declare const Base: typeof HTMLElement;
declare class SayStreamElement extends Base {
    #private;
    static playerOptions: PlayerOptions;
    static readonly observedAttributes: string[];
    speaker?: Voice;
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
    attributeChangedCallback(): void;
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
