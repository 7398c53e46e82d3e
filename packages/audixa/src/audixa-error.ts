import { SpeechError, type SpeechErrorFacts } from '@saystream/errors';

/** An error of this client. */
export const audixaError = (kind: SpeechErrorFacts['kind'], message: string, facts?: Partial<SpeechErrorFacts>): SpeechError =>
  new SpeechError({ kind, vendor: 'audixa', message, ...facts });
