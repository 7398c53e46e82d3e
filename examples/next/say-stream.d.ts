import type { HTMLAttributes } from 'react';

interface SayStreamAttributes extends HTMLAttributes<HTMLElement> {
  relay?: string;
  vendor?: 'audixa' | 'sauti' | 'moknah';
  voice?: string;
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'say-stream': SayStreamAttributes;
    }
  }
}
