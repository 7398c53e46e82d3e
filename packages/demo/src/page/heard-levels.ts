import { barSeconds } from './level-history.ts';
import type { Utterance } from './utterance.ts';

const calmIntervalMs = 250;

/**
 * Reads the player's analyser as often as the screen is drawn, and notes how loud the loudspeaker is at each place of the
 * speech. `onFrame` draws: every frame, or four times a second for people who asked for less motion.
 */
export function trackHeardLevels(analyser: AnalyserNode, { playback, heard }: Utterance, onFrame: () => void): () => void {
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const samples = new Float32Array(analyser.fftSize);
  const recent = Math.min(samples.length, Math.round(barSeconds * analyser.context.sampleRate));
  let drawnAt = -Infinity;
  let frame = requestAnimationFrame(function look(now) {
    frame = requestAnimationFrame(look);
    if (playback.state === 'playing') {
      analyser.getFloatTimeDomainData(samples);
      const level = samples.subarray(-recent).reduce((max, sample) => Math.max(max, Math.abs(sample)), 0);
      heard.raise(Math.floor(playback.currentTime / barSeconds), level);
    }
    if (calm.matches && now - drawnAt < calmIntervalMs) return;
    drawnAt = now;
    onFrame();
  });
  return () => cancelAnimationFrame(frame);
}
