import { expect, test } from 'vitest';

import { createSauti } from './index.ts';

test.each(['', '.', '..', '\ud800'])('the id %j is a mistake of the caller, and nothing is sent', async (id) => {
  let asked = 0;
  const fetch = () => {
    asked += 1;
    return Promise.resolve(Response.json({ job_id: '..' }));
  };
  const sauti = createSauti({ apiKey: 'the-vendor-key', fetch });
  await expect(sauti.job(id)).rejects.toThrow(TypeError);
  await expect(sauti.jobAudio(id)).rejects.toThrow(/^jobId must/);
  await expect(sauti.voiceInfo(id)).rejects.toThrow(/^voiceId must/);
  expect(() => sauti.voice(id)).toThrow(/^voiceId must/);
  await expect(sauti.generate({ text: 'Hi.', voiceId: id })).rejects.toThrow(/^voiceId must/);
  await expect(sauti.submitJob({ text: 'Hi.', voiceId: id })).rejects.toThrow(/^voiceId must/);
  expect(asked).toBe(0);
});

test('a job that the vendor calls .. has no name', async () => {
  const sauti = createSauti({ apiKey: 'the-vendor-key', fetch: () => Promise.resolve(Response.json({ job_id: '..' })) });
  await expect(sauti.submitJob({ text: 'Hi.', voiceId: 'v' })).rejects.toMatchObject({ kind: 'bad-response' });
});
