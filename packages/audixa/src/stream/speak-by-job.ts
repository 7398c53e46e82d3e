import { onceAccepted } from '@saystream/core';

import type { AudixaConnection } from '../audixa-connection.ts';
import type { AudixaWireSettings } from '../audixa-request.ts';
import { submitJob } from '../audixa-submit.ts';
import { readFinishedFile, type FileReader } from './recover-from-file.ts';

/** What a job needs to take the place of a socket. */
export interface JobSpeech extends Omit<FileReader, 'generationId' | 'http' | 'patienceMs'> {
  /** The vendor has accepted the job, and charges for it. */
  accepted(generationId: string): void;
}

/**
 * Speaks without a socket: creates a job, waits for it, and hands over the samples of its file while it arrives.
 *
 * @returns the address of the file
 * @throws SpeechError whose `billed` says whether the job was accepted
 */
export async function speakByJob(connection: AudixaConnection, wanted: AudixaWireSettings, speech: JobSpeech): Promise<string> {
  // The samples are read from a WAV file, whatever format the caller wants the finished file in.
  const { generationId } = await submitJob(connection, { ...wanted, audio_format: 'wav' }, speech.signal);
  speech.accepted(generationId);
  return onceAccepted(generationId, async () => {
    const { audioUrl } = await readFinishedFile(connection, {
      ...speech,
      generationId,
      http: connection.http,
      patienceMs: Infinity,
    });
    return audioUrl;
  });
}
