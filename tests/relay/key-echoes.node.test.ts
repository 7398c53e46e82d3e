import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';

import { createRelay } from '@saystream/relay';
import { relayHandler } from '@saystream/relay/node';
import { createAudixa, createMoknah, createSauti } from 'saystream';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import { leaks, shapes, startEchoingVendor, type Echo } from './echoing-vendor.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

const json = (value: unknown, status = 200) => ({ status, body: JSON.stringify(value) });
const speak = { text: 'One two three.', voiceId: 'v' };
const job = { ...speak, model: 'base' };

interface Clients {
  readonly audixa: ReturnType<typeof createAudixa>;
  readonly sauti: ReturnType<typeof createSauti>;
  readonly moknah: ReturnType<typeof createMoknah>;
}

/** A place that a vendor may write a key into, and the call that meets it. */
interface Place {
  readonly echo: (said: string) => Echo;
  readonly call: (clients: Clients) => Promise<unknown>;
  /** HTTP headers hold no line breaks. */
  readonly inHeader?: true;
}

const started = '{"type":"started","generation_id":"gen_1"}';
const audio = Buffer.alloc(4_800);
const frame =
  (...frames: (string | Buffer)[]): NonNullable<Echo['socket']> =>
  (socket) => {
    for (const each of frames) socket.send(each);
    socket.close(1011);
  };
const collect = async (items: AsyncIterable<unknown>) => {
  const all: unknown[] = [];
  for await (const item of items) all.push(item);
  return all;
};
const voices = ({ audixa }: Clients) => collect(audixa.voices());
const stream = ({ audixa }: Clients) => audixa.stream(speak).outcome;
const always =
  (status: number, value: (said: string) => unknown) =>
  (said: string): Echo => ({ http: () => json(value(said), status) });

const places: Readonly<Record<string, Place>> = {
  'the message of an error': {
    echo: always(400, (said) => ({ detail: `No: ${said}` })),
    call: ({ audixa }) => audixa.submit(job),
  },
  'the code of an error': {
    echo: always(400, (said) => ({ success: false, error: { code: said, message: 'No.' } })),
    call: ({ moknah }) => collect(moknah.voices()),
  },
  'the type of a problem': {
    echo: always(400, (said) => ({ type: `https://x.example/${said}`, detail: said })),
    call: ({ sauti }) => sauti.job('j'),
  },
  'a field and what is wrong with it': {
    echo: always(422, (said) => ({ detail: [{ loc: ['body', said], msg: `bad ${said}`, type: 'x' }] })),
    call: ({ audixa }) => audixa.submit(job),
  },
  'the name of a member': {
    echo: always(400, (said) => ({ [said]: ['is wrong'] })),
    call: ({ moknah }) => collect(moknah.voices()),
  },
  'a request id': {
    echo: (said) => ({ http: () => ({ ...json({ detail: 'No.' }, 403), headers: { 'x-request-id': said } }) }),
    call: voices,
    inHeader: true,
  },
  'a type of content': {
    echo: (said) => ({
      http: () => ({
        ...json({ voices: [] }),
        headers: { 'content-type': `audio/x-${said.slice(0, 30)}`, 'x-request-id': said },
      }),
    }),
    call: voices,
    inHeader: true,
  },
  'a text in place of JSON': { echo: (said) => ({ http: () => ({ status: 403, body: said }) }), call: voices },
  'a page in place of JSON': { echo: (said) => ({ http: () => ({ status: 403, body: `<h1>${said}</h1>` }) }), call: voices },
  'a success that is no JSON': { echo: (said) => ({ http: () => ({ status: 200, body: said }) }), call: voices },
  'the name of a voice': { echo: always(200, (said) => ({ voices: [{ voice_id: 'v', name: said }] })), call: voices },
  "SAUTI's voice": { echo: always(200, (said) => ({ voice_id: 'v', name: said })), call: ({ sauti }) => sauti.voiceInfo('v') },
  'a failed job': {
    echo: (said) => ({
      http: (method) => json(method === 'POST' ? { generation_id: 'gen_1' } : { status: 'FAILED', error_message: said }),
    }),
    call: ({ audixa }) => audixa.generate(job),
  },
  'the name of a generation': {
    echo: always(200, (said) => ({ generation_id: said, status: 'IN_QUEUE' })),
    call: ({ audixa }) => audixa.submit(job),
  },
  'the address of a file': {
    echo: always(200, (said) => ({ generation_id: 'g', audio_url: `https://cdn.example/a.wav?sig=${said}` })),
    call: ({ audixa }) => audixa.submit(job),
  },
  'a success that says no': {
    echo: always(200, (said) => ({ success: false, error: { code: 'X', message: said } })),
    call: ({ moknah }) => moknah.generate({ ...speak, voiceId: 1 }),
  },
  'a success without sound': {
    echo: always(200, (said) => ({ error: { message: said } })),
    call: ({ sauti }) => sauti.generate(speak),
  },
  'an error frame': { echo: (said) => ({ socket: frame(JSON.stringify({ type: 'error', message: said })) }), call: stream },
  'a close': {
    echo: (said) => ({ socket: (socket) => socket.close(1008, Buffer.from(said).subarray(0, 123)) }),
    call: stream,
  },
  'the name of a streamed generation': {
    echo: (said) => ({ socket: frame(JSON.stringify({ type: 'started', generation_id: said }), audio, '{"type":"completed"}') }),
    call: stream,
  },
  'the address of a streamed file': {
    echo: (said) => ({
      socket: frame(started, audio, JSON.stringify({ type: 'completed', audio_url: `https://cdn.example/a?sig=${said}` })),
    }),
    call: stream,
  },
  'a frame that is no JSON': { echo: (said) => ({ socket: frame(said, started, audio, '{"type":"completed"}') }), call: stream },
  'a refused handshake': { echo: (said) => ({ handshake: json({ detail: said }, 403) }), call: stream },
};

/** All that a page of this relay can see, as text. */
async function startWatchedRelay(apiKey: string, baseUrl: string, seen: string[]) {
  const account = { apiKey, baseUrl };
  const most = 1_000_000;
  const limits = {
    connectsPerIpPerMinute: most,
    requestsPerUserPerMinute: most,
    requestsPerIpPerMinute: most,
    sautiPerMinute: most,
  };
  const relay = createRelay({
    vendors: { audixa: account, sauti: account, moknah: account },
    origins: ['https://app.example'],
    allowNonBrowser: true,
    authorize: () => ({ user: 'amina' }),
    limits: { ...limits, charactersPerUser: { characters: most, windowMs: 60_000 } },
    onEvent: (event) => void seen.push(JSON.stringify(event)),
  });
  const watched: typeof relay = {
    ...relay,
    async fetch(request, info) {
      const response = await relay.fetch(request, info);
      seen.push(JSON.stringify([...response.headers]), await response.clone().text());
      return response;
    },
  };
  const server = createServer(relayHandler(watched)).on('upgrade', relay.upgrade);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(async () => {
    await relay.close(0);
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/speech`;
}

async function echoesThatLeak(mode: 'direct' | 'relayed', key: string) {
  const vendor = await startEchoingVendor();
  cleanups.push(() => vendor.close());
  const seen: string[] = [];
  class Watched extends WebSocket {
    constructor(...[url, protocols]: ConstructorParameters<typeof WebSocket>) {
      super(url, protocols);
      if (mode === 'direct') return;
      this.on('message', (data: Buffer) => seen.push(data.toString('latin1')));
      this.on('close', (_code, reason) => seen.push(reason.toString()));
    }
  }
  const access =
    mode === 'direct' ? { apiKey: key, baseUrl: vendor.baseUrl } : { relay: await startWatchedRelay(key, vendor.baseUrl, seen) };
  const options = {
    ...access,
    WebSocket: Watched,
    retry: { tries: 1, maxWaitMs: 500, breakerFailures: Infinity },
    timeouts: { totalMs: 5_000 },
    onEvent: (event: unknown) => void seen.push(JSON.stringify(event)),
  };
  const leaking: string[] = [];
  let echoes = 0;
  for (const [place, { echo, call, inHeader }] of Object.entries(places)) {
    for (const [shape, write] of Object.entries(shapes)) {
      const said = write(key);
      if (inHeader && /[\r\n]/.test(said)) continue;
      echoes += 1;
      seen.length = 0;
      vendor.does(echo(said));
      // New ones each time: a client keeps to its vendor's minute.
      const clients = { audixa: createAudixa(options), sauti: createSauti(options), moknah: createMoknah(options) };
      const met: unknown = await call(clients).catch((error: unknown) => error);
      seen.push(JSON.stringify(met) ?? '', inspect(met, { depth: 9, maxStringLength: null }));
      if (seen.some((text) => leaks(text, key))) leaking.push(`${place}: ${shape}`);
    }
  }
  return { echoes, leaking };
}

test.each([
  ['direct', 'ax_L1ve/k+y="9\\Zq~7-p2'],
  ['relayed', 'ax_L1ve/k+y="9\\Zq~7-p2'],
  ['direct', 'Qz7+/x_9'],
  ['relayed', 'Qz7+/x_9'],
] as const)(
  'no echo of a key comes through, %s, with the key %s',
  async (mode, key) => {
    const { echoes, leaking } = await echoesThatLeak(mode, key);
    expect(echoes).toBeGreaterThanOrEqual(286);
    expect(leaking).toEqual([]);
  },
  60_000,
);

test('the judge of these tests finds the key in each shape', () => {
  const key = 'ax_L1ve/k+y="9\\Zq~7-p2';
  const unread = Object.entries(shapes).filter(([, write]) => !leaks(JSON.stringify({ message: write(key) }), key));
  expect(unread.map(([shape]) => shape)).toEqual([]);
});

test.each(['direct', 'relayed'] as const)(
  'a close reason of 123 bytes that repeats, or is cut within, a key of 8 letters ends nothing else, %s',
  async (mode) => {
    const key = 'keystone';
    const vendor = await startEchoingVendor();
    cleanups.push(() => vendor.close());
    const seen: string[] = [];
    const access =
      mode === 'direct'
        ? { apiKey: key, baseUrl: vendor.baseUrl }
        : { relay: await startWatchedRelay(key, vendor.baseUrl, seen) };
    const audixa = createAudixa({ ...access, retry: { tries: 1 } });
    for (const [reason, told] of [
      [key + 'x'.repeat(115), '*'.repeat(8) + 'x'.repeat(115)],
      [`${'x '.repeat(59)}keyst`, `${'x '.repeat(59)}*****`],
      [key.repeat(15) + 'key', `${'*'.repeat(120)}key`],
    ] as const) {
      vendor.does({ socket: (socket) => socket.close(1011, reason) });
      const { error } = await audixa.stream(speak).outcome;
      expect(error?.close).toMatchObject({ code: 1011, reason: told });
    }
  },
);

test('audio frames that hold the key, also across two, end the stream as a bad response', async () => {
  const key = 'ax_L1ve/k+y="9';
  const vendor = await startEchoingVendor();
  cleanups.push(() => vendor.close());
  const relay = await startWatchedRelay(key, vendor.baseUrl, []);
  const bytes = Buffer.concat([audio, Buffer.from(key.padEnd(16)), audio]);
  for (const cut of [bytes.length, audio.length + 4, audio.length + 12]) {
    const frames = [started, bytes.subarray(0, cut), bytes.subarray(cut)].filter((each) => each.length > 0);
    vendor.does({ socket: frame(...frames, '{"type":"completed"}') });
    const received: Buffer[] = [];
    class Watched extends WebSocket {
      constructor(...[url, protocols]: ConstructorParameters<typeof WebSocket>) {
        super(url, protocols);
        this.on('message', (data: ArrayBuffer | string) => void received.push(Buffer.from(data as ArrayBuffer)));
      }
    }
    const outcome = await createAudixa({ relay, WebSocket: Watched, retry: { tries: 1, maxWaitMs: 100 } }).stream(speak).outcome;
    expect(outcome.error).toMatchObject({ kind: 'bad-response' });
    expect(Buffer.concat(received).includes(key)).toBe(false);
  }
});
