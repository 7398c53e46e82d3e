import { createAudixa, type AudixaClient } from '@saystream/audixa';
import { isSpeechError, type SpeechErrorKind } from '@saystream/errors';
import { createMoknah } from '@saystream/moknah';
import { createPlayer, type PlaybackReport } from '@saystream/player';
import { createRelay } from '@saystream/relay';
import { relayHandler } from '@saystream/relay/node';
import { createSauti } from '@saystream/sauti';
import * as everything from 'saystream';

export const audixa: AudixaClient = createAudixa({ relay: '/speech' });
export const others = [createMoknah({ relay: '/speech' }), createSauti({ relay: '/speech' })];
export const names = Object.keys(everything);

export function speak(text: string): Promise<PlaybackReport> {
  return createPlayer().play(audixa.voice('am_ethan').say(text)).done;
}

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
