import { isSpeechError, SpeechError } from '@saystream/errors';

/** The same error, with something else known about the charge. */
export const rebilled = (error: SpeechError, billed: SpeechError['billed'], generationId = error.generationId): SpeechError =>
  new SpeechError({ ...error, message: error.message, billed, generationId });

/**
 * Does what follows an accepted request. What fails in it was free, and the speech is not: its errors name the
 * generation and do not say that nothing was charged. Only the vendor can say that, of a job that failed.
 */
export async function onceAccepted<T>(generationId: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!isSpeechError(thrown) || thrown.kind === 'generation-failed') throw thrown;
    throw rebilled(thrown, thrown.billed === 'no' ? 'unknown' : thrown.billed, generationId);
  }
}
