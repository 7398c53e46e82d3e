import type { Voice } from '@saystream/core';
import type { SayStreamAttributes, SayStreamElement } from 'saystream/element';
import { mount as mountComponent } from 'svelte';
import type { SvelteHTMLElements } from 'svelte/elements';

import Framed from './framed.svelte';

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'say-stream': HTMLAttributes<SayStreamElement> & SayStreamAttributes;
  }
}

export const typed: SvelteHTMLElements['say-stream'] = { voice: 'am_ethan', speed: 1.5, autoplay: false, class: 'x' };

export function mount(root: Element, speaker: Voice, autoplay: boolean): void {
  mountComponent(Framed, { target: root, props: { speaker, autoplay } });
}
