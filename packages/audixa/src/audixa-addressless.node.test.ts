import { expect, test } from 'vitest';

import { createAudixa } from './index.ts';

test('a job that is COMPLETED and has no address ends after three polls, and was not free', async () => {
  let polls = 0;
  const audixa = createAudixa({
    apiKey: 'k',
    fetch: (_input, init) => {
      if (init?.method === 'POST') return Promise.resolve(Response.json({ generation_id: 'gen_1', status: 'IN_QUEUE' }));
      polls += 1;
      return Promise.resolve(Response.json({ generation_id: 'gen_1', status: 'COMPLETED' }));
    },
  });
  await expect(audixa.generate({ text: 'Hello.', voiceId: 'am_ethan' })).rejects.toMatchObject({
    kind: 'bad-response',
    generationId: 'gen_1',
    billed: 'unknown',
  });
  expect(polls).toBe(3);
}, 15_000);
