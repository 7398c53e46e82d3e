import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { SayStreamAttributes, SayStreamElement } from 'saystream/element';

type SayStreamProps = DetailedHTMLProps<HTMLAttributes<SayStreamElement>, SayStreamElement> & SayStreamAttributes;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'say-stream': SayStreamProps;
    }
  }
}
