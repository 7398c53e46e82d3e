import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createRelay } from '@saystream/relay';
import { relayHandler } from '@saystream/relay/node';

import { expect, test } from './emulated-page.ts';

const servers: Server[] = [];
test.afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

test('a page speaks through a job when its relay is mounted for fetch only, and is charged once', async ({
  page,
  site,
  emulator,
}) => {
  const { baseUrl, apiKey } = emulator.audixa;
  const relay = createRelay({
    vendors: { audixa: { apiKey, baseUrl } },
    origins: [site],
    authorize: () => ({ user: 'visitor' }),
  });
  const paths: string[] = [];
  // As a route handler of a framework: requests reach `fetch`, and nothing takes upgrades.
  const answer = relayHandler(relay);
  const server = createServer((request, response) => {
    paths.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/speech`;
  const text = 'This relay has no sockets.';

  await page.goto(`${site}/script-tag.html`);
  const spoken = page.evaluate(
    async ({ relay: at, said }) => {
      const { createAudixa, createPlayer } = (globalThis as never as { saystream: typeof import('saystream') }).saystream;
      const events: { type: string; to?: string; because?: string }[] = [];
      const audixa = createAudixa({ relay: at, onEvent: (event) => void events.push(event) });
      const player = createPlayer();
      document.body.addEventListener('click', () => void player.unlock(), { once: true });
      const speech = audixa.voice('am_ethan').say(said);
      const report = await player.play(speech).done;
      const { verdict, billed, samples, error } = await speech.outcome;
      const fallbacks = events.filter(({ type }) => type === 'fallback');
      const again = await audixa.voice('am_ethan').say('Nor the second time.').outcome;
      return {
        report: report.verdict,
        outcome: { verdict, billed, error: error?.message },
        samples,
        again: again.verdict,
        fallbacks,
      };
    },
    { relay: address, said: text },
  );
  await page.locator('body').click();
  const { samples, fallbacks, ...rest } = await spoken;
  expect(rest).toEqual({
    report: 'completed',
    outcome: { verdict: 'completed', billed: 'yes', error: undefined },
    again: 'completed',
  });
  expect(samples).toBeGreaterThan(10_000);
  expect(fallbacks).toEqual([expect.objectContaining({ to: 'job', because: expect.stringMatching(/socket|upgrade/i) })]);
  expect(emulator.ledger.filter((entry) => entry.text === text)).toHaveLength(1);
  // The second speech does not try a socket again.
  expect(paths.filter((path) => path === 'GET /speech/diagnose')).toHaveLength(1);
  await relay.close();
});
