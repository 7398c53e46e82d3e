import fc from 'fast-check';

import type { PcmLink } from '../src/pcm-chain.ts';
import { RecordingChain } from '../src/recording/recording-chain.ts';
import { quantum, settings } from './renderer-rig.ts';
import { voicedSignal } from './voiced-signal.ts';

/** Mostly the first: nobody hears the others before it has ended. */
const sources = fc.constantFrom(0, 0, 0, 0, 1, 1, 2);

/** A stop ends it: rarely. */
const commands = ['pause', 'resume', 'resume', 'pause', 'resume', 'stop'] as const;

/** What may happen between two blocks. */
const act = fc.oneof(
  { weight: 5, arbitrary: fc.record({ of: sources, deliver: fc.integer({ min: 1, max: 3000 }) }) },
  // Another thread delivers the same samples once more, or is ahead of what came.
  {
    weight: 3,
    arbitrary: fc.record({ of: sources, again: fc.integer({ min: -900, max: 900 }), count: fc.integer({ min: 1, max: 2000 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ of: sources, command: fc.constantFrom(...commands) }),
  },
  { weight: 1, arbitrary: fc.record({ of: sources, seek: fc.integer({ min: 0, max: 20_000 }) }) },
  { weight: 1, arbitrary: fc.record({ of: sources, rate: fc.constantFrom(0.5, 0.8, 1, 1.25, 2) }) },
  { weight: 1, arbitrary: fc.record({ of: sources, ended: fc.constant(true) }) },
  { weight: 1, arbitrary: fc.record({ open: fc.constantFrom(undefined, 0, 1000, Infinity) }) },
  { weight: 1, arbitrary: fc.record({ jump: fc.constantFrom(-quantum, quantum, 5 * quantum, 77) }) },
  { weight: 6, arbitrary: fc.record({ run: fc.integer({ min: 1, max: 60 }) }) },
);

/** A session of up to three queued sources: prebuffer of the first, and what happened. */
export const anySession = fc.record({
  prebuffer: fc.constantFrom(undefined, 0, 700, Infinity),
  acts: fc.array(act, { minLength: 40, maxLength: 120 }),
});

type Session = typeof anySession extends fc.Arbitrary<infer Value> ? Value : never;

const voices = [110, 180, 230].map((hz) => voicedSignal(hz, settings.sampleRate, 20));

/** Plays it in a chain that records, and returns that and what it rendered. */
export function playSession({ prebuffer, acts }: Session): { chain: RecordingChain; rendered: Float32Array } {
  const chain = new RecordingChain();
  const links: { link: PcmLink; delivered: number }[] = [];
  const blocks: Float32Array[] = [];
  let frame = 12_800;
  const open = (prebufferSamples: number | undefined): void => {
    if (links.length < voices.length) links.push({ link: chain.open({ ...settings, prebufferSamples }), delivered: 0 });
  };
  const run = (count: number): void => {
    for (let block = 0; block < count; block++) {
      blocks.push(new Float32Array(quantum));
      chain.render(blocks.at(-1)!, frame);
      frame += quantum;
    }
  };
  open(prebuffer);
  run(1);
  for (const it of acts) {
    if ('run' in it) run(it.run);
    else if ('jump' in it) frame += it.jump;
    else if ('open' in it) open(it.open);
    else if (links[it.of]) happen(links[it.of]!, voices[it.of]!, it);
  }
  run(20);
  const rendered = new Float32Array(blocks.length * quantum);
  blocks.forEach((block, index) => rendered.set(block, index * quantum));
  return { chain, rendered };
}

type Happening = Extract<Session['acts'][number], { of: number }>;

function happen(place: { link: PcmLink; delivered: number }, voice: Float32Array, it: Happening): void {
  const { link } = place;
  if ('deliver' in it) {
    const at = place.delivered;
    place.delivered += it.deliver;
    const cameMs = 1_700_000_000_000 + at / 24; // at the speed of playback
    link.accept({ samples: voice.slice(at, place.delivered), at, cameMs, ended: false });
  } else if ('again' in it) {
    const at = Math.max(0, place.delivered + it.again);
    if (it.again <= 0) place.delivered = Math.max(place.delivered, at + it.count);
    link.accept({ samples: voice.slice(at, at + it.count), at });
  } else if ('seek' in it) link.accept({ command: 'seek', to: it.seek });
  else if ('rate' in it) link.accept({ rate: it.rate });
  else if ('command' in it) link.accept({ command: it.command });
  else link.accept({ ended: true });
}
