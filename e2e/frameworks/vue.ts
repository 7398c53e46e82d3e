import type { Voice } from '@saystream/core';
import type { SayStreamAttributes } from 'saystream/element';
import { createApp, h, type DefineComponent } from 'vue';

declare module 'vue' {
  interface GlobalComponents {
    'say-stream': DefineComponent<SayStreamAttributes>;
  }
}

export function mount(root: Element, speaker: Voice, autoplay: boolean): void {
  const given: SayStreamAttributes = { voice: 'am_ethan', speed: 1.5, speaker, autoplay, 'label-play': 'Cheza' };
  createApp({ render: () => h('say-stream', { id: 'framed', ...given }, 'Habari.') }).mount(root);
}
