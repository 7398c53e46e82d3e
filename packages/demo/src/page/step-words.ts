import type { ClientEvent } from 'saystream';

import { formatMs } from './format-time.ts';

/** One line of "How it went". */
export interface Step {
  readonly title: string;
  readonly tone: 'none' | 'good' | 'bad';
}

const states: Readonly<Record<string, Step>> = {
  waiting: { title: 'Connected, text sent', tone: 'none' },
  started: { title: 'The vendor started', tone: 'none' },
  streaming: { title: 'First audio arrived', tone: 'good' },
  recovering: { title: 'The stream broke; fetching the rest from the finished file', tone: 'bad' },
  refused: { title: 'The vendor reported an error', tone: 'bad' },
};

/** The line for something the client did; nothing for what is of no interest, or is told by another line. */
export function describeStep(event: ClientEvent): Step | undefined {
  switch (event.type) {
    case 'attempt':
      if (event.transport === 'http') return { title: 'Asked the vendor over HTTP', tone: 'none' };
      return { title: event.attempt === 1 ? 'Dialled' : `Dialled again (attempt ${event.attempt})`, tone: 'none' };
    case 'wait':
      return { title: `Waiting ${formatMs(event.delayMs)} before trying again (${event.because})`, tone: 'none' };
    case 'state':
      return states[event.state];
    case 'held':
      return { title: 'Held back, to stay inside the vendor’s limits', tone: 'none' };
    case 'reconciled':
      return { title: event.found ? 'The lost job was found' : 'The lost job was not found', tone: event.found ? 'good' : 'bad' };
    case 'fallback':
      return { title: 'This relay has no sockets; making a file instead', tone: 'bad' };
    case 'give-up':
    case 'credits':
      // The outcome tells more.
      return undefined;
  }
}
