import type { Voice } from '@saystream/core';
import { createElement } from 'react-18';
import { createRoot } from 'react-dom-18/client';

// React 18 writes attributes only: the voice of one's own needs a ref.
export function mount(root: Element, speaker: Voice, autoplay: boolean): void {
  const ref = (element: { speaker?: Voice } | null): void => {
    if (element) element.speaker = speaker;
  };
  const given = { id: 'framed', voice: 'am_ethan', speed: 1.5, autoplay, 'label-play': 'Cheza', ref };
  createRoot(root).render(createElement('say-stream', given, 'Habari.'));
}
