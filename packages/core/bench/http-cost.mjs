// What a call through our HTTP client costs in CPU, against bare ky: the same request, the same server in another
// process, taken in turns so that a busy machine is busy for both. `node packages/core/bench/http-cost.mjs [rounds]`
// after a build. Target: at most 1.10 ×.
import { fork } from 'node:child_process';
import { createServer } from 'node:http';

import { parseSautiError } from '@saystream/errors';
import { createAccount, createHttp, defaultRetry, defaultTimeouts, readJson } from '@saystream/core';
import ky from 'ky';

const body = JSON.stringify({
  voices: Array.from({ length: 20 }, (_each, id) => ({ voice_id: `voice-${id}`, name: 'A voice' })),
});
const callsPerRound = 200;

if (process.argv[2] === 'serve') {
  const server = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body),
  );
  server.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
  process.on('disconnect', () => process.exit());
} else {
  await measure(Number(process.argv[2] ?? 40));
}

async function measure(rounds) {
  const server = fork(import.meta.filename, ['serve']);
  const port = await new Promise((resolve) => server.once('message', resolve));
  const baseUrl = `http://127.0.0.1:${port}`;
  const headers = { 'xi-api-key': 'a-key' };
  const http = createHttp({
    vendor: 'sauti',
    baseUrl,
    headers,
    parseError: parseSautiError,
    timeouts: defaultTimeouts,
    retry: defaultRetry,
    account: createAccount('sauti', defaultRetry.breakerFailures),
    emit: () => undefined,
  });
  const contenders = {
    // What anyone needs at least: a time limit, a signal of one's own, the body as JSON.
    ky: () => {
      const abort = new AbortController();
      return ky(`${baseUrl}/voices`, { headers, timeout: 30_000, retry: 0, signal: abort.signal }).json();
    },
    ours: () => http.request({ url: '/voices' }, (response, limits) => readJson('sauti', response, limits)),
  };
  const ratios = [];
  const totals = { ky: 0, ours: 0 };
  for (let round = -5; round < rounds; round += 1) {
    const cost = {};
    // Whoever goes first finds the other's garbage: take turns.
    const names = round % 2 ? ['ky', 'ours'] : ['ours', 'ky'];
    for (const name of names) {
      const before = process.cpuUsage();
      for (let call = 0; call < callsPerRound; call += 1) await contenders[name]();
      const { user, system } = process.cpuUsage(before);
      cost[name] = (user + system) / callsPerRound;
    }
    if (round < 0) continue;
    ratios.push(cost.ours / cost.ky);
    totals.ky += cost.ky;
    totals.ours += cost.ours;
  }
  server.disconnect();
  ratios.sort((a, b) => a - b);
  const at = (share) => ratios[Math.floor(share * (ratios.length - 1))].toFixed(3);
  console.log(`node ${process.version}, ${rounds} rounds of ${callsPerRound} calls each`);
  console.log(`bare ky ${(totals.ky / rounds).toFixed(0)} µs a call, ours ${(totals.ours / rounds).toFixed(0)} µs`);
  console.log(
    `ratio: median ${at(0.5)}, quartiles ${at(0.25)}–${at(0.75)}; of the totals ${(totals.ours / totals.ky).toFixed(3)}`,
  );
}
