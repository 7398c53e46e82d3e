import type { Voice } from '@saystream/core';
import { createRoot } from 'react-dom/client';
import type { SayStreamAttributes, SayStreamElement } from 'saystream/element';

declare module 'react' {
  // oxlint-disable-next-line typescript/no-namespace -- the framework's types are a namespace
  namespace JSX {
    interface IntrinsicElements {
      'say-stream': DetailedHTMLProps<HTMLAttributes<SayStreamElement>, SayStreamElement> & SayStreamAttributes;
    }
  }
}

export function mount(root: Element, speaker: Voice, autoplay: boolean): void {
  createRoot(root).render(
    <say-stream id="framed" voice="am_ethan" speed={1.5} speaker={speaker} autoplay={autoplay} label-play="Cheza">
      Habari.
    </say-stream>,
  );
}

// @ts-expect-error: the speed is a number
export const wrong = <say-stream speed="fast" />;
