declare module '*.svelte' {
  import type { Voice } from '@saystream/core';
  import type { Component } from 'svelte';

  const component: Component<{ speaker: Voice; autoplay: boolean }>;
  export default component;
}
