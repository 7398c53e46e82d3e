// Compiled without the types of a page (`DOM` in `lib`), too.
import { createAudixa, type AudixaClient } from '@saystream/audixa';
import { isSpeechError, type SpeechErrorKind } from '@saystream/errors';
import { createMoknah } from '@saystream/moknah';
import { replayRecording } from '@saystream/player/replay';
import { createRelay } from '@saystream/relay';
import { relayHandler } from '@saystream/relay/node';
import { createSauti } from '@saystream/sauti';

export const audixa: AudixaClient = createAudixa({ apiKey: process.env.AUDIXA_API_KEY });
export const others = [createMoknah({ apiKey: 'the-key' }), createSauti({ apiKey: 'the-key' })];
export const replay = replayRecording;

export async function samplesOf(text: string): Promise<number> {
  let samples = 0;
  for await (const piece of audixa.voice('am_ethan').say(text)) samples += piece.length;
  return samples;
}

export function kindOf(error: unknown): SpeechErrorKind | undefined {
  return isSpeechError(error) ? error.kind : undefined;
}

export const handler = relayHandler(
  createRelay({
    vendors: { audixa: { apiKey: 'the-key' } },
    origins: ['https://app.example'],
    authorize: () => ({ user: 'visitor' }),
  }),
);
