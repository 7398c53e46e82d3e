// `pnpm --filter @saystream/bench playback:cpu [--seconds 12] [--rounds 5]`, after a build. What playing costs the browser,
// all its processes together: by saystream's player, by the least an AudioWorklet can do, and as one AudioBufferSource.
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';

import { chromium } from 'playwright';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '12' }, rounds: { type: 'string', default: '5' } },
});
const seconds = Number(values.seconds);
const dist = new URL('../../../saystream/dist/', import.meta.url);

/** [parent, nanoseconds of CPU of all its threads] of every process. */
function processes(): Map<number, readonly [number, number]> {
  const found = new Map<number, readonly [number, number]>();
  for (const pid of readdirSync('/proc').map(Number).filter(Boolean)) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '');
      let used = 0;
      for (const thread of readdirSync(`/proc/${pid}/task`)) {
        used += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
      }
      found.set(pid, [Number(stat.split(' ')[1]), used]);
    } catch {
      // It has ended meanwhile.
    }
  }
  return found;
}

/** Seconds of CPU that `root` and all its descendants have used, to the nanosecond: `stat` counts in hundredths of a second. */
function cpuSeconds(root: number): number {
  const all = processes();
  const isOurs = (pid: number | undefined): boolean => pid === root || (pid ? isOurs(all.get(pid)?.[0]) : false);
  let nanoseconds = 0;
  for (const [pid, [, used]] of all) if (isOurs(pid)) nanoseconds += used;
  return nanoseconds / 1e9;
}

const page = `<!doctype html><title>cpu</title><script src="/saystream.global.js"></script><script>
const signal = Float32Array.from({ length: 24000 * ${seconds} }, (_, at) => Math.sin(at / 20) / 4);
const player = saystream.createPlayer();
const ways = {
  idle: () => new Promise((resolve) => setTimeout(resolve, ${seconds * 1000})),
  async player() {
    const source = { format: { sampleRate: 24000 }, async *[Symbol.asyncIterator]() {
      for (let at = 0; at < signal.length; at += 960) yield signal.slice(at, at + 960);
    } };
    const { verdict, underruns } = await player.play(source).done;
    if (verdict !== 'completed' || underruns > 0) throw new Error(verdict + ' with ' + underruns + ' underruns');
  },
  async buffer() {
    const { context } = player.analyser;
    const buffer = new AudioBuffer({ length: signal.length, sampleRate: 24000 });
    buffer.copyToChannel(signal, 0);
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(gainOf());
    source.start();
    await new Promise((resolve) => (source.onended = resolve));
  },
  async worklet() {
    const { context } = player.analyser;
    await (loaded ??= context.audioWorklet.addModule('/bare-worklet.js'));
    const node = new AudioWorkletNode(context, 'bare', { numberOfInputs: 0, outputChannelCount: [1] });
    node.connect(gainOf());
    node.port.postMessage(signal);
    await new Promise((resolve) => (node.port.onmessage = resolve));
    node.disconnect();
  },
};
let loaded;
// In the same graph: a gain and an analyser before the loudspeaker.
let gain;
function gainOf() {
  const { analyser } = player;
  if (!gain) { gain = new GainNode(analyser.context); gain.connect(analyser); }
  return gain;
}
</script>`;

/** Copies from one array, and says when it has come to its end: what no player in a worklet can do without. */
const bareWorklet = `registerProcessor('bare', class extends AudioWorkletProcessor {
  constructor() {
    super();
    this.port.onmessage = ({ data }) => { this.signal = data; this.at = 0; };
  }
  process(_, [[block]]) {
    if (!this.signal) return true;
    for (let index = 0; index < block.length; index++) block[index] = this.signal[this.at + index] ?? 0;
    this.at += block.length;
    if (this.at < this.signal.length) return true;
    this.port.postMessage('over');
    return false;
  }
});`;

const written: Record<string, string> = { '/': page, '/bare-worklet.js': bareWorklet };
const server = createServer(({ url = '' }, response) => {
  const type = url === '/' ? 'text/html' : 'text/javascript';
  response.writeHead(200, { 'content-type': type }).end(written[url] ?? readFileSync(new URL(`.${url}`, dist)));
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

const executablePath = process.env['SAYSTREAM_CHROMIUM'];
const browserServer = await chromium.launchServer({
  args: ['--autoplay-policy=no-user-gesture-required'],
  ...(executablePath && { executablePath }),
});
const browser = await chromium.connect(browserServer.wsEndpoint());
const tab = await browser.newPage();
await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
await tab.evaluate('player.unlock().then(() => ways.player()).then(() => ways.worklet())'); // everything is loaded and compiled
const root = browserServer.process().pid!;

const costs: Record<string, number[]> = { idle: [], player: [], worklet: [], buffer: [] };
for (let round = 0; round < Number(values.rounds); round++) {
  for (const way of Object.keys(costs)) {
    const before = cpuSeconds(root);
    await tab.evaluate(`ways.${way}()`);
    costs[way]!.push(((cpuSeconds(root) - before) / seconds) * 100);
  }
}
const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[Math.floor((list.length - 1) / 2)]!;
const row = (way: string): string =>
  `${way}: ${median(costs[way]!).toFixed(2)} % of a core (${costs[way]!.map((each) => each.toFixed(2)).join(', ')})`;
for (const way of Object.keys(costs)) console.log(row(way));
for (const way of ['player', 'worklet']) {
  console.log(`${way} / buffer: ${(median(costs[way]!) / median(costs['buffer']!)).toFixed(2)}`);
}
await browser.close();
await browserServer.close();
server.close();
