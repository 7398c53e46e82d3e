import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { PcmFeed } from './pcm-feed.ts';
import type { PcmRequest } from './pcm-messages.ts';

const samples = (length: number): Float32Array => new Float32Array(length).fill(0.5);

/** The other end of a feed's port: every message it got, as the audio thread would. */
function connect(feed: PcmFeed): { messages: PcmRequest[][]; settled(): Promise<void>; close(): void } {
  const { port1, port2 } = new MessageChannel();
  const messages: PcmRequest[][] = [];
  let arrived = (): void => {};
  port2.onmessage = ({ data }: MessageEvent<PcmRequest[] | 'all'>) => (data === 'all' ? arrived() : messages.push(data));
  feed.connect(port1);
  return {
    messages,
    settled: () => {
      port1.postMessage('all');
      return new Promise((resolve) => (arrived = resolve));
    },
    close: () => {
      port1.close();
      port2.close();
    },
  };
}

const timesAndLengths = (requests: readonly PcmRequest[]): unknown[] =>
  requests.filter((each) => each.samples?.length).map((each) => [each.at, each.samples!.length, each.cameMs]);

describe('PcmFeed', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: 1000 }));
  afterEach(() => void vi.useRealTimers());

  it('says when each came, also of what came before the port was there', async () => {
    const feed = new PcmFeed();
    feed.push(samples(100));
    vi.setSystemTime(1040);
    feed.push(samples(200));
    vi.setSystemTime(1100);
    const end = connect(feed);
    feed.push(samples(300));
    await end.settled();
    expect(timesAndLengths(end.messages.flat())).toEqual([
      [0, 100, 1000],
      [100, 200, 1040],
      [300, 300, 1100],
    ]);
    end.close();
  });

  it('lets a chunk wait for company without forgetting when it came', async () => {
    const feed = new PcmFeed();
    const end = connect(feed);
    feed.push(samples(100));
    vi.setSystemTime(1002);
    feed.push(samples(50));
    vi.setSystemTime(1020);
    feed.flush();
    await end.settled();
    expect(timesAndLengths(end.messages.flat())).toEqual([
      [0, 100, 1000],
      [100, 50, 1002],
    ]);
    end.close();
  });

  it('hands over all that it kept in one message, so that a pause or a seek is there before anything sounds', async () => {
    const feed = new PcmFeed();
    const { port1, port2 } = new MessageChannel();
    feed.post({ port: port1 }, port1);
    feed.push(samples(3000));
    feed.command('pause');
    feed.push(samples(1));
    feed.command('seek', 3001);
    const end = connect(feed);
    await end.settled();
    expect(end.messages).toHaveLength(1);
    const [requests] = end.messages;
    expect(requests!.filter(({ command }) => command)).toMatchObject([{ command: 'pause' }, { command: 'seek', to: 3001 }]);
    const before = requests!.slice(
      0,
      requests!.findIndex(({ command }) => command === 'seek'),
    );
    expect(before.reduce((sum, each) => sum + (each.samples?.length ?? 0), 0)).toBe(3001);
    expect(requests!.some(({ port }) => port instanceof MessagePort)).toBe(true);
    end.close();
    port2.close();
  });
});
