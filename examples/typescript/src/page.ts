import { createAudixa } from '@saystream/audixa';
import { createPlayer, toWav, type PlaybackReport } from '@saystream/player';
import { createRecordingPlayer } from '@saystream/player/recorder';
import * as everything from 'saystream';
import { diagnose } from 'saystream/doctor';
import { SayStreamElement } from 'saystream/element';

const ethan = createAudixa({ relay: '/speech' }).voice('am_ethan');

export const names = Object.keys(everything);
export const others = [createRecordingPlayer, diagnose, SayStreamElement];

export function speak(text: string): Promise<PlaybackReport> {
  return createPlayer().play(ethan.say(text)).done;
}

/** The bytes suit a `Blob`, also where TypeScript tells array buffers apart (from 5.7 on). */
export const wavOf = (samples: Float32Array): Blob => new Blob([toWav(samples, 24_000)], { type: 'audio/wav' });
