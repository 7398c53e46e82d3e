import type { AudixaOptions, ClientEvent, SpeechError } from 'saystream';
import { expect, test } from 'vitest';

import { audixa, moknah, sauti, type Call, type World } from './abort-calls.ts';
import { startScriptedServer, type Script, type ScriptedAnswer, type SocketScript } from './scripted-server.ts';

// "An abort works in every state, within one turn of the event loop": no time is measured, turns are counted.
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await turn();
  for (let more = 0; more < 5; more += 1) await turn();
}

const json = (body: object, status = 200): ScriptedAnswer => ({ status, body: JSON.stringify(body) });
const never: Script = () => undefined;
const always =
  (answer: ScriptedAnswer): Script =>
  () =>
    answer;
const half: ScriptedAnswer = { status: 200, body: '{"audio_base64":"UklGR', unfinished: true };
const halfAudio: ScriptedAnswer = { status: 200, body: '\u0001\u0002'.repeat(50), unfinished: true };
const halfError: ScriptedAnswer = { status: 500, body: '{"detail":"An unex', unfinished: true };
const tooMany: ScriptedAnswer = { status: 429, body: '{}', headers: { 'retry-after': '30' } };
const refused = json({ detail: 'no' }, 400);

/** A job that was accepted, and what is said of it. */
const audixaJob =
  (status: ScriptedAnswer | undefined, file?: ScriptedAnswer): Script =>
  (method, path) => {
    if (method === 'POST') return json({ generation_id: 'gen_1', status: 'IN_QUEUE' });
    return path.endsWith('/tts') ? status : file;
  };
const sautiJob =
  (status: ScriptedAnswer | undefined, file?: ScriptedAnswer): Script =>
  (method, path) => {
    if (method === 'POST') return json({ job_id: 'job_1', status: 'queued' }, 202);
    return path.endsWith('/audio') ? file : status;
  };
/** The answer is lost; the history holds nothing, or does not answer. */
const lostJob =
  (history: ScriptedAnswer | undefined): Script =>
  (method) =>
    method === 'POST' ? json({ detail: 'boom' }, 500) : history;

const requestCame = ({ server }: World): boolean => server.requests.length > 0;
const requestsCame =
  (count: number) =>
  ({ server }: World): boolean =>
    server.requests.length === count;
const answersCame =
  (count: number) =>
  ({ server, headersSeen }: World): boolean =>
    server.answered() === count && headersSeen() === count;
const headersCame =
  (count: number) =>
  ({ headersSeen }: World): boolean =>
    headersSeen() === count;
const told =
  (type: ClientEvent['type'], times = 1) =>
  ({ events }: World): boolean =>
    events.filter((event) => event.type === type).length === times;
const stateIs =
  (state: string) =>
  ({ events }: World): boolean =>
    events.some((event) => event.type === 'state' && event.state === state);

interface Position {
  readonly where: string;
  readonly calls: Readonly<Record<string, Call>>;
  readonly script: Script;
  readonly socket?: SocketScript;
  readonly reached: (world: World) => boolean;
  readonly billed: 'no' | 'unknown';
  /** Requests of other calls, which stay. */
  readonly othersOpen?: number;
}

/** Their answer is JSON. */
const paidCalls = {
  'audixa.generate': audixa.generate,
  'audixa.submit': audixa.submit,
  'sauti.generate': sauti.generate,
  'sauti.stream': sauti.stream,
};
const moknahCalls = { 'moknah.generate': moknah.generate, 'moknah.stream': moknah.stream };
const anyCalls = { ...paidCalls, ...moknahCalls };
const sautiCalls = { 'sauti.generate': sauti.generate, 'sauti.stream': sauti.stream };

const positions: readonly Position[] = [
  { where: 'before any answer', calls: anyCalls, script: never, reached: requestCame, billed: 'unknown' },
  { where: 'in a body', calls: paidCalls, script: always(half), reached: headersCame(1), billed: 'unknown' },
  { where: 'in the audio', calls: moknahCalls, script: always(halfAudio), reached: headersCame(1), billed: 'unknown' },
  { where: 'in the body of an error', calls: anyCalls, script: always(halfError), reached: headersCame(1), billed: 'unknown' },
  { where: 'in a back-off', calls: anyCalls, script: always(tooMany), reached: told('wait'), billed: 'no' },
  {
    where: 'in a poll',
    calls: { 'audixa.generate': audixa.generate },
    script: audixaJob(undefined),
    reached: requestsCame(2),
    billed: 'unknown',
  },
  {
    where: 'between two polls',
    calls: { 'audixa.generate': audixa.generate },
    script: audixaJob(json({ status: 'GENERATING' })),
    reached: answersCame(2),
    billed: 'unknown',
  },
  {
    where: 'in the back-off of a poll',
    calls: { 'audixa.generate': audixa.generate },
    script: audixaJob(tooMany),
    reached: told('wait'),
    billed: 'unknown',
  },
  { where: 'in a poll', calls: sautiCalls, script: sautiJob(undefined), reached: requestsCame(2), billed: 'unknown' },
  {
    where: 'between two polls',
    calls: sautiCalls,
    script: sautiJob(json({ status: 'running' })),
    reached: answersCame(2),
    billed: 'unknown',
  },
  { where: 'in the back-off of a poll', calls: sautiCalls, script: sautiJob(tooMany), reached: told('wait'), billed: 'unknown' },
  {
    where: 'in a download',
    calls: sautiCalls,
    script: sautiJob(json({ status: 'succeeded' }), { status: 200, body: 'RIFF', unfinished: true }),
    reached: headersCame(3),
    billed: 'unknown',
  },
  {
    where: 'in a look at the history',
    calls: { 'audixa.generate': audixa.generate, 'audixa.submit': audixa.submit },
    script: lostJob(undefined),
    reached: requestsCame(2),
    billed: 'unknown',
  },
  {
    where: 'between two looks at the history',
    calls: { 'audixa.generate': audixa.generate, 'audixa.submit': audixa.submit },
    script: lostJob(json({ history: [] })),
    reached: answersCame(2),
    billed: 'unknown',
  },
  {
    where: 'in line for the slot',
    calls: { 'moknah.generate': moknah.second, 'moknah.stream': moknah.secondStream },
    script: never,
    reached: (world) => told('held')(world) && requestCame(world),
    billed: 'no',
    othersOpen: 1,
  },
  {
    where: 'in line for the minute',
    calls: { 'sauti.generate': sauti.eleventh, 'sauti.stream': sauti.eleventhStream },
    script: always(refused),
    reached: told('held'),
    billed: 'no',
  },
  {
    where: 'before the text is there',
    calls: { 'audixa.stream': audixa.gather, 'sauti.stream': sauti.gather },
    script: never,
    reached: () => true,
    billed: 'no',
  },
  {
    where: 'in the handshake',
    calls: { 'audixa.stream': audixa.stream },
    script: never,
    socket: 'no-handshake',
    reached: requestCame,
    billed: 'no',
  },
  {
    where: 'between two handshakes',
    calls: { 'audixa.stream': audixa.stream },
    script: never,
    socket: { status: 503 },
    reached: told('wait'),
    billed: 'no',
  },
  {
    where: 'before started',
    calls: { 'audixa.stream': audixa.stream },
    script: never,
    socket: 'silent',
    reached: stateIs('waiting'),
    billed: 'unknown',
  },
  {
    where: 'before the first audio',
    calls: { 'audixa.stream': audixa.stream },
    script: never,
    socket: 'started',
    reached: stateIs('started'),
    billed: 'unknown',
  },
  {
    where: 'amid the audio',
    calls: { 'audixa.stream': audixa.stream },
    script: never,
    socket: 'audio',
    reached: stateIs('streaming'),
    billed: 'unknown',
  },
  {
    where: 'in the poll of a recovery',
    calls: { 'audixa.stream': audixa.stream },
    script: never,
    socket: 'drop',
    reached: (world) => stateIs('recovering')(world) && world.server.requests.length === 2,
    billed: 'unknown',
  },
];

const cases = positions.flatMap((position) =>
  Object.entries(position.calls).map(([name, call]) => ({ ...position, name, call })),
);

test.each(cases)(
  '$name ends within one turn when it is aborted $where',
  async ({ call, script, socket, reached, billed, othersOpen = 0 }) => {
    const server = await startScriptedServer(script, socket);
    const events: ClientEvent[] = [];
    let headersSeen = 0;
    const options: AudixaOptions = {
      baseUrl: server.url,
      apiKey: 'a-key',
      // Nothing but the abort ends a wait here.
      retry: { baseDelayMs: 60_000, maxDelayMs: 60_000 },
      onEvent: (event) => void events.push(event),
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        headersSeen += 1;
        return response;
      },
    };
    const world: World = { server, events, options, headersSeen: () => headersSeen };
    try {
      const abort = new AbortController();
      let error: SpeechError | undefined;
      call(world, abort.signal).catch((thrown: SpeechError) => (error = thrown));
      await until(() => reached(world));
      const requests = server.requests.length;
      expect(error).toBeUndefined();

      abort.abort();
      await turn();
      expect(error).toMatchObject({ kind: 'aborted', billed });
      // The vendor sees it leave, and is asked for nothing more.
      await until(() => server.open() === othersOpen);
      expect(server.requests).toHaveLength(requests);
    } finally {
      await server.close();
    }
  },
);
