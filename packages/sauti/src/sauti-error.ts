import { SpeechError, type SpeechErrorFacts } from '@saystream/errors';

/** An error of this client. */
export const sautiError = (kind: SpeechErrorFacts['kind'], message: string, facts?: Partial<SpeechErrorFacts>): SpeechError =>
  new SpeechError({ kind, vendor: 'sauti', message, ...facts });
