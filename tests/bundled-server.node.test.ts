import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { startEmulator } from '@saystream/emulator';
import { build, type Plugin } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** A server that speaks to the vendor itself, and through a relay of its own. Prints both outcomes and its environment. */
const server = `
  import { createServer } from 'node:http';
  import { createAudixa } from '@saystream/audixa';
  import { createRelay } from '@saystream/relay';
  import { relayHandler } from '@saystream/relay/node';

  const [baseUrl, apiKey] = process.argv.slice(2);
  const say = (audixa) => audixa.stream({ text: 'A text that is longer than forty-eight bytes.', voiceId: 'am_ethan' }).outcome;
  const relay = createRelay({
    vendors: { audixa: { apiKey, baseUrl } },
    origins: ['https://app.example'],
    allowNonBrowser: true,
    authorize: () => ({ user: 'amina' }),
  });
  const http = createServer(relayHandler(relay));
  http.on('upgrade', (request, socket, head) => relay.upgrade(request, socket, head));
  http.listen(0, '127.0.0.1', async () => {
    const direct = await say(createAudixa({ apiKey, baseUrl }));
    const events = [];
    const url = 'http://127.0.0.1:' + http.address().port;
    const relayed = await say(createAudixa({ relay: url, onEvent: ({ type }) => events.push(type) }));
    const left = Object.keys(process.env).filter((name) => name.startsWith('WS_NO_'));
    console.log(JSON.stringify({ direct, relayed, events, left }));
    http.close();
    await relay.close(0);
  });
`;

/** What bundlers make of an optional dependency that is not installed. */
const emptyAddons: Plugin = {
  name: 'empty-addons',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(bufferutil|utf-8-validate)$/ }, ({ path }) => ({ path, namespace: 'empty' }));
    onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'module.exports = {};' }));
  },
};

const folder = mkdtempSync(join(tmpdir(), 'saystream-bundled-'));
const emulator = await startEmulator({ rate: Infinity });
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await emulator.close();
});

beforeAll(async () => {
  for (const format of ['esm', 'cjs'] as const) {
    await build({
      stdin: { contents: server, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
      bundle: true,
      platform: 'node',
      format,
      conditions: ['@saystream/source'],
      alias: { '@saystream/audixa': fileURLToPath(new URL('../packages/audixa/src/index.ts', import.meta.url)) },
      outfile: join(folder, `server.${format === 'esm' ? 'mjs' : 'cjs'}`),
      plugins: [emptyAddons],
      logLevel: 'silent',
      ...(format === 'esm' && {
        banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
      }),
    });
  }
});

test.each(['mjs', 'cjs'])('a server bundled with empty addons of ws speaks, and so does its relay (%s)', async (ending) => {
  const { baseUrl, apiKey } = emulator.audixa;
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [join(folder, `server.${ending}`), baseUrl, apiKey], { timeout: 20_000 });
  const { direct, relayed, events, left } = JSON.parse(stdout);
  expect(direct).toMatchObject({ verdict: 'completed', billed: 'yes' });
  expect(relayed).toMatchObject({ verdict: 'completed', billed: 'yes' });
  // Over the socket, not through a job.
  expect(events).not.toContain('fallback');
  expect(left).toEqual([]);
});
