// `node packages/bench/src/relay/run.mjs load [--seconds 600] [--streams 300] [--smoke]`
// `node packages/bench/src/relay/run.mjs overhead [--rounds 6] [--streams 100]`
// after a build. Vendor, relay and clients each have a process of their own; all end with this one.
import { fork } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';

import { frameBytes, frameMs, said } from './frames.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string' },
    streams: { type: 'string' },
    rounds: { type: 'string', default: '6' },
    smoke: { type: 'boolean', default: false },
  },
});

const start = (name, ...args) => fork(new URL(`${name}-process.mjs`, import.meta.url), args.map(String));
const stop = (...children) => children.forEach((child) => child.disconnect());
const costOf = async (child) => {
  const cost = said(child, 'cost');
  child.send('cost');
  return cost;
};
const load = () => `load ${loadavg()[0].toFixed(2)} on ${cpus().length} cores`;
const percent = (share) => `${(share * 100).toFixed(1)} %`;
/** Enough text for so much sound. */
const textLength = (seconds) => Math.max(64, Math.ceil(seconds));

/** Lets clients listen through a middleman, and says what it cost while all of them listened. */
async function listenThrough(middle, { frames, pace, streams, onLook }) {
  const vendor = start('vendor', frames, pace);
  const { port: vendorPort } = await said(vendor, 'port');
  const between = start(middle, vendorPort);
  const { port } = await said(between, 'port');
  const path = 'speech/audixa/v3/tts/stream';
  const tokenUrl = middle === 'relay' ? `http://127.0.0.1:${port}/speech/token` : '';
  const before = await costOf(between);
  const beganMs = performance.now();
  const clients = start(
    'clients',
    `ws://127.0.0.1:${port}/${path}`,
    tokenUrl,
    streams,
    frames,
    textLength((frames * frameMs) / 1000),
  );
  const reported = said(clients, 'report');
  await said(clients, 'all-open');
  const opened = await costOf(between);
  const openedMs = performance.now();
  const looks = [];
  const looking = setInterval(async () => {
    const look = { ...(await costOf(between)), atMs: performance.now() };
    looks.push(look);
    onLook?.(look, looks);
  }, 5_000);
  const report = await reported;
  clearInterval(looking);
  const after = await costOf(between);
  stop(clients, between, vendor);
  const steady = looks.at(-1) ?? { ...after, atMs: performance.now() };
  return {
    ...report,
    cpuMs: after.cpuMs - before.cpuMs,
    openingMs: opened.cpuMs - before.cpuMs,
    wallMs: performance.now() - beganMs,
    share: (steady.cpuMs - opened.cpuMs) / (steady.atMs - openedMs),
    rss: Math.max(after.rss, ...looks.map(({ rss }) => rss)),
  };
}

/** Each promise: what, its value in words, whether it is kept, and whether it holds on any machine. */
function judge(promises, onlySure) {
  let isKept = true;
  for (const [what, value, kept, isSure] of promises) {
    console.log(`${kept ? 'kept  ' : 'BROKEN'}  ${what}: ${value}`);
    if (!kept && (isSure || !onlySure)) isKept = false;
  }
  process.exitCode = isKept ? 0 : 1;
}

async function runLoad() {
  const seconds = Number(values.seconds ?? 600);
  const streams = Number(values.streams ?? 300);
  const frames = Math.round((seconds * 1000) / frameMs);
  console.log(`${streams} streams of ${seconds} s in real time through the relay; ${load()}, Node ${process.version}`);
  const result = await listenThrough('relay', {
    frames,
    pace: 1,
    streams,
    onLook: ({ rss }, looks) => {
      if (looks.length % 12 === 0) console.log(`  after ${looks.length * 5} s: ${(rss / 1e6).toFixed(0)} MB, ${load()}`);
    },
  });
  const { wrong, completed, received, closes, p50, p99, p999, most, share, rss } = result;
  const expected = streams * frames * frameBytes;
  console.log(
    `closes ${JSON.stringify(closes)}; gap of frames p50 ${p50}, p99 ${p99}, p99.9 ${p999}, most ${most} ms; ${load()}`,
  );
  const [gapMs, mb, core] = values.smoke ? [2_000, 400, 2] : [250, 200, 0.6];
  judge(
    [
      [
        'no byte lost, changed or out of order',
        `${wrong} wrong frames, ${received} of ${expected} bytes`,
        wrong === 0 && received === expected,
        true,
      ],
      ['every stream completed', `${completed} of ${streams}`, completed === streams, true],
      [`p99 of the gaps between frames ≤ ${gapMs} ms`, `${p99} ms`, p99 <= gapMs, values.smoke],
      [`memory ≤ ${mb} MB`, `${(rss / 1e6).toFixed(0)} MB`, rss <= mb * 1e6, values.smoke],
      [`CPU ≤ ${percent(core)} of one core`, percent(share), share <= core, values.smoke],
    ],
    values.smoke,
  );
}

const middleOf = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function runOverhead() {
  const rounds = Number(values.rounds);
  const streams = Number(values.streams ?? 100);
  const options = { frames: 500, pace: 2, streams };
  console.log(`${streams} streams of 20 s, twice as fast as they sound, in turns; CPU of the process between; ${load()}`);
  const ratios = [];
  for (let round = 0; round < rounds; round += 1) {
    // Whoever goes first finds the other's noise: take turns.
    const names = round % 2 ? ['relay', 'bare'] : ['bare', 'relay'];
    const [cost, opening] = [{}, {}];
    for (const name of names) {
      const { cpuMs, openingMs, wrong } = await listenThrough(name, options);
      if (wrong > 0) throw new Error(`${name} lost ${wrong} frames.`);
      cost[name] = cpuMs;
      opening[name] = openingMs;
    }
    ratios.push(cost.relay / cost.bare);
    const words = (name) => `${name} ${cost[name].toFixed(0)} ms, of it ${opening[name].toFixed(0)} until all were open`;
    console.log(`  ${words('bare')}; ${words('relay')}: ${ratios.at(-1).toFixed(2)}; ${load()}`);
  }
  const ratio = middleOf(ratios);
  judge([['CPU against a bare `ws` proxy ≤ 1.3 ×, median of the rounds', `${ratio.toFixed(2)} ×`, ratio <= 1.3, false]], false);
}

if (positionals[0] === 'overhead') await runOverhead();
else await runLoad();
