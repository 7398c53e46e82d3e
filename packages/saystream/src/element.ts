import { defineSayStream } from './element/define-say-stream.ts';
import type { SayStreamElement } from './element/say-stream-element.ts';

export { defineSayStream } from './element/define-say-stream.ts';
export type { SayStreamAttributes } from './element/say-stream-attributes.ts';
export type { SayStreamState } from './element/player-view.ts';
export { SayStreamElement } from './element/say-stream-element.ts';

declare global {
  interface HTMLElementTagNameMap {
    'say-stream': SayStreamElement;
  }
}

defineSayStream();
