import { describe, expect, it } from 'vitest';

import { PcmChain, type PcmLink } from './pcm-chain.ts';
import type { PcmStatus } from './pcm-messages.ts';

const quantum = 128;
const settings = { sampleRate: 24_000, rampSamples: 120, keptSamples: 24_000, prebufferSamples: 0 };

/** Never zero, and nowhere the same as in another of them. */
const speech = (length: number, of: number): Float32Array =>
  Float32Array.from({ length }, (_, at) => of / 10 + 0.05 * ((at * 0.618_033_988_7) % 1));

class Rig {
  readonly chain = new PcmChain();
  readonly output: number[] = [];
  #frame = 0;

  constructor() {
    this.run(); // shows that the clock runs
    this.output.length = 0;
  }

  link(...samples: Float32Array[]): { readonly renderer: PcmLink; readonly statuses: PcmStatus[] } {
    const statuses: PcmStatus[] = [];
    const renderer = this.chain.open(settings, (status) => statuses.push(status));
    for (const each of samples) renderer.accept({ samples: each });
    return { renderer, statuses };
  }

  run(blocks = 1): this {
    for (let count = 0; count < blocks; count++) {
      const block = new Float32Array(quantum);
      this.chain.render(block, this.#frame);
      this.#frame += quantum;
      this.output.push(...block);
    }
    return this;
  }

  /** Without the silence before and after. */
  get sound(): Float32Array {
    const sounding = this.output.map((sample, at) => (sample === 0 ? -1 : at)).filter((at) => at >= 0);
    return Float32Array.from(this.output.slice(sounding[0] ?? 0, (sounding.at(-1) ?? -1) + 1));
  }
}

const joined = (...parts: Float32Array[]): Float32Array => Float32Array.from(parts.flatMap((part) => [...part]));

describe('PcmChain', () => {
  it('renders the next in the very frame after the last sample of the one before, whatever their lengths', () => {
    for (const lengths of [
      [1000, 777, 500],
      [128, 128, 128],
      [1, 1, 1],
      [130, 3, 640],
    ]) {
      const rig = new Rig();
      const parts = lengths.map((length, at) => speech(length, at + 1));
      // The clock runs before the first has anything, as in a page.
      const links = parts.map(() => rig.link());
      rig.run();
      parts.forEach((samples, at) => links[at]!.renderer.accept({ samples, ended: true }));
      rig.run(20);
      expect(rig.sound).toEqual(joined(...parts));
      expect(links.map(({ statuses }) => statuses.at(-1)!.phase)).toEqual(['drained', 'drained', 'drained']);
      expect(links.map(({ statuses }) => statuses.at(-1)!.played)).toEqual(lengths);
      const starts = links.map(({ statuses }) => statuses.find(({ phase }) => phase === 'playing')!.frame);
      expect(starts[1]! - starts[0]!).toBe(lengths[0]);
      expect(starts[2]! - starts[1]!).toBe(lengths[1]);
    }
  });

  it('says nothing of one whose turn has not come, and starts one that was late when it has enough', () => {
    const rig = new Rig();
    const first = rig.link();
    const second = rig.link();
    rig.run();
    first.renderer.accept({ samples: speech(300, 1), ended: true });
    rig.run(2);
    rig.chain.report();
    expect(second.statuses).toEqual([]);
    rig.run(5);
    expect(new Set(second.statuses.map(({ phase }) => phase))).toEqual(new Set(['buffering']));
    second.renderer.accept({ samples: speech(200, 2), ended: true });
    rig.run(4);
    expect(second.statuses.at(-1)).toMatchObject({ phase: 'drained', played: 200, underruns: 0, concealedSamples: 0 });
    expect([...rig.sound.slice(0, 300)]).toEqual([...speech(300, 1)]);
    expect([...rig.sound.slice(-200)]).toEqual([...speech(200, 2)]);
  });

  it('reports every four blocks, and every 128 while more than a second is waiting', () => {
    const rig = new Rig();
    const { renderer, statuses } = rig.link();
    const reports = (blocks: number): number => {
      const before = statuses.length;
      rig.run(blocks);
      return statuses.length - before;
    };
    renderer.accept({ samples: speech(100 * quantum, 1) });
    rig.run(3);
    expect(reports(24)).toBe(6);
    renderer.accept({ samples: speech(24_000 + 300 * quantum, 1) });
    expect(reports(256)).toBe(2);
  });

  it('goes on with the next when the one that sounds is stopped, after its fade', () => {
    const rig = new Rig();
    const first = rig.link();
    const second = rig.link();
    rig.run();
    first.renderer.accept({ samples: speech(5000, 1) });
    second.renderer.accept({ samples: speech(400, 2), ended: true });
    rig.run(2);
    first.renderer.accept({ command: 'stop' });
    rig.run(6);
    expect(first.statuses.at(-1)).toMatchObject({ phase: 'stopped', played: 2 * quantum + settings.rampSamples });
    expect(second.statuses.find(({ phase }) => phase === 'playing')?.frame).toBe(first.statuses.at(-1)!.frame);
    expect([...rig.sound.slice(-400)]).toEqual([...speech(400, 2)]);
  });

  it('forgets one that is stopped before its turn, and says so', () => {
    const rig = new Rig();
    const links = [rig.link(), rig.link(), rig.link()];
    rig.run();
    links.forEach(({ renderer }, at) => renderer.accept({ samples: speech(300, at + 1), ended: true }));
    rig.run();
    links[1]!.renderer.accept({ command: 'stop' });
    rig.run(6);
    expect(links[1]!.statuses.map(({ phase, played }) => [phase, played])).toEqual([['stopped', 0]]);
    expect(rig.sound).toEqual(joined(speech(300, 1), speech(300, 3)));
  });

  it('holds the next while one is paused, and one that is paused before its turn when that has come', () => {
    const rig = new Rig();
    const [first, second] = [rig.link(), rig.link()];
    rig.run();
    first.renderer.accept({ samples: speech(1000, 1), ended: true });
    second.renderer.accept({ samples: speech(300, 2), ended: true, command: 'pause' });
    rig.run(2);
    first.renderer.accept({ command: 'pause' });
    rig.run(20);
    expect(second.statuses).toEqual([]);
    first.renderer.accept({ command: 'resume' });
    rig.run(20);
    expect(first.statuses.at(-1)!.phase).toBe('drained');
    expect(second.statuses.at(-1)).toMatchObject({ phase: 'paused', played: 0 });
    second.renderer.accept({ command: 'resume' });
    rig.run(4);
    expect([...rig.sound.slice(-300)]).toEqual([...speech(300, 2)]);
  });

  it('does not let one that has ended sound again while another sounds, and can still be told to stop it', () => {
    const rig = new Rig();
    const [first, second] = [rig.link(), rig.link()];
    rig.run();
    first.renderer.accept({ samples: speech(200, 1), ended: true });
    second.renderer.accept({ samples: speech(2000, 2), ended: true });
    rig.run(4);
    first.renderer.accept({ command: 'seek', to: 0 });
    rig.run(2);
    expect(first.statuses.at(-1)!.phase).toBe('drained');
    first.renderer.accept({ command: 'stop' });
    rig.run(20);
    expect(first.statuses.at(-1)!.phase).toBe('stopped');
    expect(rig.sound).toEqual(joined(speech(200, 1), speech(2000, 2)));
  });
});
