import { addWorkletModule } from './add-worklet-module.ts';
import { playerError } from './player-error.ts';

/** Where a player's sound goes: one context, and gain → analyser → loudspeaker, kept over many playbacks. */
export interface AudioOutput {
  readonly context: AudioContext;
  readonly gain: GainNode;
  readonly analyser: AnalyserNode;
  /** Resolves when the context knows our processor. A failure is tried again by the next call. */
  load(): Promise<void>;
}

/**
 * Made at the stream's own rate: rendering is then bit-exact, and the browser resamples once, at the device. Call it in a
 * user gesture, or the context stays suspended until one.
 */
export function openAudioOutput(sampleRate: number, volume: number, workletUrl: string | URL | undefined): AudioOutput {
  if (typeof AudioContext === 'undefined') {
    throw playerError(
      'playback-blocked',
      'There is no Web Audio here.',
      'Play in a browser; elsewhere, use the samples themselves.',
    );
  }
  const context = new AudioContext({ sampleRate, latencyHint: 'interactive' });
  const analyser = new AnalyserNode(context);
  const gain = new GainNode(context, { gain: volume });
  gain.connect(analyser).connect(context.destination);
  let loaded: Promise<void> | undefined;
  const load = (): Promise<void> => {
    if (!loaded) {
      loaded = addWorkletModule(context, workletUrl);
      loaded.catch(() => (loaded = undefined));
    }
    return loaded;
  };
  return { context, gain, analyser, load };
}
