// Pages that listen to every byte. Told by argument: where, how many, how many frames each.
import { WebSocket } from 'ws';

import { frameMs, isFrame, pageOrigin } from './frames.mjs';

const [, , url, tokenUrl, countText, framesText, textLength] = process.argv;
const count = Number(countText);
const frames = Number(framesText);
const openedEachSecond = 60;

/** Gaps between frames in buckets of a millisecond. */
const gaps = new Uint32Array(60_001);
let wrong = 0;
let completed = 0;
let received = 0;
const closes = {};

async function tokenFor() {
  if (!tokenUrl) return 'none';
  const body = JSON.stringify({ vendor: 'audixa' });
  const headers = { 'content-type': 'application/json', origin: pageOrigin };
  const answer = await fetch(tokenUrl, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(`The token was refused: ${answer.status} ${await answer.text()}`);
  return (await answer.json()).token;
}

async function listen(id) {
  const socket = new WebSocket(url, ['tts.v1', `tok.${await tokenFor()}`], { origin: pageOrigin, perMessageDeflate: false });
  const text = `${id} `.padEnd(Number(textLength), 'x');
  let next = 0;
  let lastMs = 0;
  socket.on('open', () => socket.send(JSON.stringify({ text, voice_id: 'am_ethan' })));
  socket.on('message', (data, isBinary) => {
    if (!isBinary) {
      if (data.includes('"completed"')) completed += 1;
      return;
    }
    const nowMs = performance.now();
    if (next > 0) gaps[Math.min(60_000, Math.round(nowMs - lastMs))] += 1;
    lastMs = nowMs;
    if (!isFrame(data, id, next)) wrong += 1;
    next += 1;
    received += data.length;
  });
  socket.on('error', () => undefined);
  await new Promise((resolve) =>
    socket.on('close', (code, reason) => {
      if (next !== frames) wrong += Math.abs(frames - next);
      const why = `${code} ${reason.toString()}`.trim();
      closes[why] = (closes[why] ?? 0) + 1;
      resolve();
    }),
  );
}

function gapAt(share) {
  let left = gaps.reduce((sum, each) => sum + each, 0) * (1 - share);
  for (let ms = gaps.length - 1; ms >= 0; ms -= 1) if ((left -= gaps[ms]) < 0) return ms;
  return 0;
}

const ended = [];
for (let id = 0; id < count; id += 1) {
  ended.push(listen(id));
  if (id % 6 === 5) await new Promise((resolve) => setTimeout(resolve, 6_000 / openedEachSecond));
}
process.send({ type: 'all-open' });
await Promise.all(ended);
const most = gaps.findLastIndex((each) => each > 0);
process.send({
  type: 'report',
  wrong,
  completed,
  received,
  closes,
  frameMs,
  p50: gapAt(0.5),
  p99: gapAt(0.99),
  p999: gapAt(0.999),
  most,
});
process.on('disconnect', () => process.exit());
