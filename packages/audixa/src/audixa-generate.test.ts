import { expect, test } from 'vitest';

import { accepted, client, json, samplesOf, scripted, voiceId } from '../tests/emulated-audixa.ts';

const text = 'A few words.';

test.concurrent('a job is made, waited for and fetched: a WAV file with the voice’s every sample, paid once', async () => {
  const { audixa, apiKey } = client();
  const spoken = `${text} ${apiKey}`;
  const statuses: string[] = [];
  const file = await audixa.generate({ text: spoken, voiceId }, { onStatus: ({ status }) => void statuses.push(status) });
  expect(file.mimeType).toBe('audio/wav');
  expect(file.durationMs).toBeCloseTo((await samplesOf(spoken)) / 24, 6);
  expect(file.toBlob()).toMatchObject({ type: 'audio/wav', size: file.bytes.length });
  expect(statuses[0]).toBe('IN_QUEUE');
  expect(statuses.at(-1)).toBe('COMPLETED');
  expect(await accepted(apiKey)).toHaveLength(1);
});

test('an MP3 file is told by its frames, and its length is counted from them', async () => {
  const completed = json({ id: 'gen_1', status: 'COMPLETED', audio_url: 'https://files.example/gen_1.mp3' });
  // Frames of 44,100 Hz and 128 kbit/s: 417 bytes and 1,152 samples each.
  const frames = new Uint8Array(417 * 50);
  for (let at = 0; at < frames.length; at += 417) frames.set([0xff, 0xfb, 0x90, 0xc4], at);
  const { audixa } = scripted(undefined, completed, () => new Response(frames));
  const file = await audixa.generate({ text, voiceId, audioFormat: 'mp3' });
  expect(file).toMatchObject({ mimeType: 'audio/mpeg', bytes: frames });
  expect(file.durationMs).toBeCloseTo((50 * 1_152) / 44.1, 6);
  const cut = scripted(undefined, completed, () => new Response(frames.subarray(0, 417 * 30 + 100)));
  await expect(cut.audixa.generate({ text, voiceId })).rejects.toMatchObject({ kind: 'truncated', generationId: 'gen_1' });
});

test.concurrent.each(['created-201', 'bare-id', 'id-name', 'lower-status', 'unknown-status', 'nulls-absent'])(
  '%s: what the vendor’s pages disagree on makes no difference',
  async (scenario) => {
    const statuses = new Set<string>();
    const file = await client(scenario).audixa.generate({ text, voiceId }, { onStatus: ({ status }) => statuses.add(status) });
    expect(file.mimeType).toBe('audio/wav');
    expect([...statuses].every((status) => status === status.toUpperCase())).toBe(true);
    expect(statuses).toContain('COMPLETED');
  },
);

test.concurrent('a status that nobody knows is told, and waited out', async () => {
  const { audixa } = scripted(undefined, json({ id: 'gen_1' }), json({ status: 'Polishing' }), json({ status: 'failed' }));
  const statuses: string[] = [];
  await expect(
    audixa.generate({ text, voiceId }, { onStatus: ({ status }) => void statuses.push(status) }),
  ).rejects.toMatchObject({ kind: 'generation-failed' });
  expect(statuses).toEqual(['', 'POLISHING', 'FAILED']);
});

test.concurrent('a job that failed ends at once, with the vendor’s words, and was not charged', async () => {
  await expect(client('fails').audixa.generate({ text, voiceId })).rejects.toMatchObject({
    kind: 'generation-failed',
    billed: 'no',
    generationId: expect.stringMatching(/^gen_/),
    retryable: false,
  });
  const { audixa, sent } = scripted(undefined, json({ generation_id: 'gen_1' }), json({ status: 'expired' }));
  await expect(audixa.generate({ text, voiceId })).rejects.toThrow('The generation is EXPIRED.');
  expect(sent).toHaveLength(2);
});

test.concurrent('a job that never ends is left at the total limit, and its id is told', async () => {
  const { audixa } = client('stuck', { timeouts: { totalMs: 1_500 } });
  await expect(audixa.generate({ text, voiceId })).rejects.toMatchObject({
    kind: 'timeout',
    limit: 'total',
    billed: 'unknown',
  });
});

test.concurrent('what a listener of onStatus throws costs no generation', async () => {
  const { audixa, apiKey } = client();
  const onStatus = (): void => {
    throw new Error('a mistake in the page');
  };
  expect((await audixa.generate({ text: `x ${apiKey}`, voiceId }, { onStatus })).mimeType).toBe('audio/wav');
});

test.concurrent('all jobs of a client share one budget of polls', async () => {
  const { audixa, requests } = client('stuck', { timeouts: { totalMs: 2_200 } });
  const jobs = Array.from({ length: 6 }, () => audixa.generate({ text, voiceId }).catch(({ kind }) => kind as string));
  expect(new Set(await Promise.all(jobs))).toEqual(new Set(['timeout']));
  // One every 500 ms, whatever the number of jobs: 0, 0.5, 1, 1.5 and 2 s.
  expect(requests.filter(({ url }) => url.searchParams.has('generation_id')).length).toBeLessThanOrEqual(5);
});

test.concurrent.each([
  ['file-late-300', undefined],
  ['cut-file', undefined],
  ['files-only~drop-request-times-2', undefined],
  ['files-only~http-503-times-2', undefined],
  ['not-audio', 'not-audio'],
  ['short-file', 'truncated'],
  ['files-only~empty-200', 'not-audio'],
  ['files-only~cut-body', 'truncated'],
])('a finished file that is %s: %s', async (scenario, kind) => {
  const { audixa, apiKey } = client(scenario);
  const file = audixa.generate({ text: `${text} ${apiKey}`, voiceId });
  if (kind) await expect(file).rejects.toMatchObject({ kind, billed: expect.stringMatching(/^(yes|unknown)$/) });
  else expect((await file).durationMs).toBeGreaterThan(0);
  // Reading it again is free; making it again is not.
  expect(await accepted(apiKey)).toHaveLength(1);
});

test.each(['http://files.example/x.wav', 'javascript:alert(1)', 'file:///etc/passwd', '//files.example/x.wav', 'x'])(
  'a file at %s is not fetched when the vendor is asked over TLS',
  async (audio_url) => {
    const { audixa, sent } = scripted('https://api.audixa.ai', json({ id: 'gen_1', status: 'COMPLETED', audio_url }));
    await expect(audixa.generate({ text, voiceId })).rejects.toMatchObject({
      kind: 'bad-response',
      billed: 'unknown',
      generationId: 'gen_1',
    });
    expect(sent).toHaveLength(1);
  },
);

test.concurrent('the key goes to the vendor, and never to the host of its files', async () => {
  const keys: [string, string | null][] = [];
  const { audixa } = client('', {
    fetch: (input, init) => {
      const request = new Request(input, init);
      keys.push([new URL(request.url).pathname.split('/')[1] ?? '', request.headers.get('x-api-key')]);
      return fetch(input, init);
    },
  });
  await audixa.generate({ text, voiceId });
  expect(keys.filter(([first]) => first === 'v3').every(([, key]) => key?.startsWith('emulated'))).toBe(true);
  expect(keys.filter(([first]) => first !== 'v3')).toEqual([[expect.any(String), null]]);
});
