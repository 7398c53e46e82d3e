import { afterEach, expect, it } from 'vitest';

import { inPieces } from '../../tests/byte-sources.ts';
import { chirp } from '../../tests/chirp.ts';
import { tapOutput } from '../../tests/output-tap.ts';
import { closePlayers, makePlayer, reaches } from '../../tests/test-player.ts';
import { toWav } from './save-wav.ts';
import { toMediaStream } from './to-media-stream.ts';

afterEach(closePlayers);

// Never zero, so that the tap, which cuts silence off, keeps all of it.
const signal = Float32Array.from({ length: 9_001 }, (_, at) => (1 + (at % 5_000)) / 2 ** 15);
const wav = toWav(signal, 24_000);

it('a Response of WAV is rendered bit by bit', async () => {
  const player = makePlayer();
  const tap = await tapOutput(player);
  expect(await player.play(new Response(wav)).done).toMatchObject({ verdict: 'completed', underruns: 0 });
  expect(await tap.sound()).toEqual(signal);
});

it('a cut file is heard to where it ends, and the verdict is truncated', async () => {
  const player = makePlayer();
  const tap = await tapOutput(player);
  const report = await player.play(inPieces(wav.slice(0, 44 + 2 * 5_000), [777])).done;
  expect(report).toMatchObject({ verdict: 'truncated', error: { kind: 'truncated' } });
  expect(await tap.sound()).toEqual(signal.slice(0, 5_000));
});

it('a page in the place of audio fails as not-audio, an HTTP error as what it says', async () => {
  const player = makePlayer();
  expect(await player.play(new Blob(['<html>'])).done).toMatchObject({ verdict: 'failed', error: { kind: 'not-audio' } });
  const refusal = new Response('{}', { status: 401 });
  expect(await player.play(refusal).done).toMatchObject({ verdict: 'failed', error: { kind: 'unauthorized' } });
});

it('stop stops the reading of the source', async () => {
  let onCancel = (): void => {};
  const cancelled = new Promise<void>((resolve) => (onCancel = resolve));
  const endless = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(wav),
    cancel: () => onCancel(),
  });
  const playback = makePlayer().play(endless);
  await reaches(playback, 'playing');
  playback.stop();
  await cancelled;
  expect((await playback.done).verdict).toBe('cancelled');
});

it('what sounds is a live track for WebRTC and recorders', async () => {
  const player = makePlayer();
  const playback = player.play(new Response(toWav(chirp(24_000, 2), 24_000)));
  await reaches(playback, 'playing');
  const stream = toMediaStream(player);
  expect(stream.getAudioTracks()).toMatchObject([{ readyState: 'live' }]);
  const listening = new AudioContext();
  const analyser = new AnalyserNode(listening);
  listening.createMediaStreamSource(stream).connect(analyser);
  const heard = new Float32Array(analyser.fftSize);
  while (!heard.some((sample) => Math.abs(sample) > 0.1) && playback.state === 'playing') {
    await new Promise((resolve) => setTimeout(resolve, 20));
    analyser.getFloatTimeDomainData(heard);
  }
  expect(heard.some((sample) => Math.abs(sample) > 0.1)).toBe(true);
  await listening.close();
});
