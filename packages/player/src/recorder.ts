import type { Player, PlayerOptions, PlayOptions } from './create-player.ts';
import { createPlayer } from './create-player.ts';
import type { PcmSource } from './pcm-source.ts';
import { processorName } from './pcm-messages.ts';
import type { Playback, PlaybackReport } from './playback-report.ts';
import type { PlaybackRecording, RecordingFacts } from './recording/playback-recording.ts';
import { recordingVersion } from './recording/playback-recording.ts';
import type { RecordingTaken } from './recording/recording-log.ts';
import { samplesToText } from './recording/samples-as-text.ts';
import { takeRecording } from './recording/take-recording.ts';
import type { EncodedSource } from './source/encoded-source.ts';

export type {
  PlaybackRecording,
  RecordedOutcome,
  RecordedRequest,
  RecordedSource,
  RecordedStatus,
  RecordingFacts,
} from './recording/playback-recording.ts';

/** A {@link Player} with a black box. */
export interface RecordingPlayer extends Player {
  /**
   * What went into the audio thread during the last playback, and what came out of it, so that `replayRecording` of
   * `@saystream/player/replay` does the same again in a test. May be asked for while it plays and until the next `play()` or
   * `close()`. Undefined when that playback never got as far as the audio thread. Of a playback of more than ten minutes it is the beginning,
   * and `isCut`. Playbacks that were queued are in one recording.
   *
   * @param options `samples`: whether with the speech itself (at 24 kHz 128 kB of text a second). Default false: then a replay
   * gives the same statuses, rates and seeks included, but no sound
   * @throws PlaybackError `playback-blocked` when `recording-worklet.js` could not be loaded, and so nothing was recorded
   */
  recording(options?: { readonly samples?: boolean }): Promise<PlaybackRecording | undefined>;
}

/**
 * The same as `createPlayer`, and keeps a record of the last playback. It costs the audio thread little, and memory: up to ten
 * minutes of samples (58 MB at 24 kHz) are held until the next playback.
 *
 * @param options as for `createPlayer`; `workletUrl` is the address of `recording-worklet.js` (this package's
 * `./recording-worklet` export) here. Without that file it plays as usual, and `recording()` says so
 * @throws RangeError as `createPlayer` does
 */
export function createRecordingPlayer(options: PlayerOptions = {}): RecordingPlayer {
  // Bundlers recognise this form and carry the file along.
  const workletUrl = options.workletUrl ?? new URL('./recording-worklet.js', import.meta.url);
  const player = createPlayer({ ...options, workletUrl });
  const { play, close } = player;
  let last: { readonly playback: Playback; readonly askedAt: number; report?: PlaybackReport } | undefined;
  return Object.assign(player, {
    play(source: PcmSource | EncodedSource, playOptions?: PlayOptions) {
      const askedAt = Date.now();
      const playback = play(source, playOptions);
      const asked: NonNullable<typeof last> = { playback, askedAt };
      last = asked;
      void playback.done.then((report) => (asked.report = report));
      return playback;
    },
    close() {
      last = undefined;
      return close();
    },
    async recording({ samples = false } = {}) {
      if (!last) return undefined;
      const { playback, askedAt, report } = last;
      const taken = await takeRecording(player.analyser.context, samples);
      return taken && taken.lastSourceAt >= askedAt ? assemble(taken, factsOf(playback, report)) : undefined;
    },
  });
}

function assemble({ lastSourceAt: _, sources, ...taken }: RecordingTaken, facts: RecordingFacts): PlaybackRecording {
  return {
    version: recordingVersion,
    facts,
    ...taken,
    sources: sources.map(({ pieces, ...source }) => ({ ...source, ...(pieces && { samples: samplesToText(pieces) }) })),
  };
}

function factsOf(playback: Playback, report: PlaybackReport | undefined): RecordingFacts {
  return {
    recordedAt: new Date().toISOString(),
    userAgent: navigator.userAgent,
    messages: processorName,
    state: playback.state,
    latencyMs: playback.stats.latencyMs,
    ...(report && { report: withoutWords(report) }),
  };
}

function withoutWords({ error, ...numbers }: PlaybackReport): NonNullable<RecordingFacts['report']> {
  return { ...numbers, ...(error && { error: error.kind }) };
}
