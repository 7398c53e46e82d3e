/** @jsxImportSource preact */
import type { Voice } from '@saystream/core';
import { render } from 'preact';
import type { SayStreamAttributes, SayStreamElement } from 'saystream/element';

declare module 'preact' {
  // oxlint-disable-next-line typescript/no-namespace -- the framework's types are a namespace
  namespace JSX {
    interface IntrinsicElements {
      // oxlint-disable-next-line typescript/no-deprecated -- only the name outside the namespace is
      'say-stream': HTMLAttributes<SayStreamElement> & SayStreamAttributes;
    }
  }
}

export function mount(root: Element, speaker: Voice, autoplay: boolean): void {
  render(
    <say-stream id="framed" voice="am_ethan" speed={1.5} speaker={speaker} autoplay={autoplay} label-play="Cheza">
      Habari.
    </say-stream>,
    root,
  );
}

// @ts-expect-error: the speed is a number
export const wrong = <say-stream speed="fast" />;
