import { afterAll, beforeAll, expect, test } from 'vitest';

import { startEmulator, toneVoice, type Emulator } from '../index.ts';
import { hearStream } from '../../tests/hear-stream.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ rate: Infinity });
});
afterAll(() => emulator.close());

const text = 'A file.';
const wholeBytes = 44 + 2 * toneVoice(text).length;

/** The address of the file of a stream that came to its end under this scenario. */
async function fileOf(name: string, audioFormat = 'wav'): Promise<string> {
  const request = JSON.stringify({ text, voice_id: 'am_ethan', audio_format: audioFormat });
  const { messages } = await hearStream(`${emulator.audixa.wsUrl}?api_key=${emulator.scenario(name)}`, { send: [request] });
  return (messages.at(-1) as { audio_url: string }).audio_url;
}

test('the finished file is 16-bit WAV, mono at 24,000 Hz, and needs no key', async () => {
  const response = await fetch(await fileOf('burst'));
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(response.headers.get('content-type')).toBe('audio/wav');
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(bytes.toString('latin1', 0, 4) + bytes.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ');
  expect(bytes.length).toBe(wholeBytes);
  expect({
    riff: bytes.readUInt32LE(4),
    format: bytes.readUInt16LE(20),
    channels: bytes.readUInt16LE(22),
    rate: bytes.readUInt32LE(24),
    bytesPerSecond: bytes.readUInt32LE(28),
    align: bytes.readUInt16LE(32),
    bits: bytes.readUInt16LE(34),
    data: bytes.readUInt32LE(40),
  }).toEqual({
    riff: wholeBytes - 8,
    format: 1,
    channels: 1,
    rate: 24_000,
    bytesPerSecond: 48_000,
    align: 2,
    bits: 16,
    data: wholeBytes - 44,
  });
  const far = toneVoice(text).findIndex((sample, i) => Math.abs(sample - bytes.readInt16LE(44 + i * 2) / 32_767) > 1 / 65_000);
  expect(far).toBe(-1);
});

test('an mp3 is named so and is WAV all the same, as its type says', async () => {
  const url = await fileOf('burst', 'mp3');
  expect(url).toMatch(/\.mp3$/);
  expect((await fetch(url)).headers.get('content-type')).toBe('audio/wav');
});

test.each([
  ['bytes=0-3', 206, `bytes 0-3/${wholeBytes}`, 4],
  ['bytes=44-', 206, `bytes 44-${wholeBytes - 1}/${wholeBytes}`, wholeBytes - 44],
  ['bytes=-10', 206, `bytes ${wholeBytes - 10}-${wholeBytes - 1}/${wholeBytes}`, 10],
  ['bytes=0-99999999', 206, `bytes 0-${wholeBytes - 1}/${wholeBytes}`, wholeBytes],
  ['bytes=99999999-', 416, `bytes */${wholeBytes}`, 0],
  ['bytes=9-3', 200, null, wholeBytes],
  ['bytes=0-1,4-5', 200, null, wholeBytes],
  ['lines=1-2', 200, null, wholeBytes],
])('Range: %s is answered with %i', async (range, status, contentRange, length) => {
  const url = await fileOf('burst');
  const whole = Buffer.from(await (await fetch(url)).arrayBuffer());
  const response = await fetch(url, { headers: { range } });
  const bytes = Buffer.from(await response.arrayBuffer());
  expect([response.status, response.headers.get('content-range'), bytes.length]).toEqual([status, contentRange, length]);
  expect(whole.includes(bytes)).toBe(true);
});

test('HEAD tells the length and sends nothing', async () => {
  const response = await fetch(await fileOf('burst'), { method: 'HEAD' });
  expect([response.status, response.headers.get('content-length'), (await response.arrayBuffer()).byteLength]).toEqual([
    200,
    String(wholeBytes),
    0,
  ]);
});

test('cut-file: the first reading breaks off, the second does not', async () => {
  const url = await fileOf('cut-file');
  await expect((await fetch(url)).arrayBuffer()).rejects.toThrow(/terminated/);
  expect((await (await fetch(url)).arrayBuffer()).byteLength).toBe(wholeBytes);
});

test('file-late: the file is there a while after completed', async () => {
  const url = await fileOf('file-late-400');
  expect((await fetch(url)).status).toBe(404);
  await expect.poll(async () => (await fetch(url)).status, { timeout: 5_000 }).toBe(200);
});

test('not-audio: the file is a web page', async () => {
  const response = await fetch(await fileOf('not-audio'));
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html']);
  expect(await response.text()).toMatch(/^<!doctype html>/);
});

test('cors-off: pages may not read the file', async () => {
  expect((await fetch(await fileOf('cors-off'))).headers.get('access-control-allow-origin')).toBeNull();
});

test('an unknown file, and one that is not finished, are 404', async () => {
  expect((await fetch(`${emulator.url}/audio/gen_unknown.wav`)).status).toBe(404);
  const request = JSON.stringify({ text, voice_id: 'am_ethan' });
  await hearStream(`${emulator.audixa.wsUrl}?api_key=${emulator.scenario('drop-midway~stuck')}`, { send: [request] });
  expect((await fetch(`${emulator.url}/audio/${emulator.ledger.at(-1)?.generationId}.wav`)).status).toBe(404);
});

test('short-file: half of the file, with a matching length, each time', async () => {
  const url = await fileOf('short-file');
  for (const response of [await fetch(url), await fetch(url)]) {
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([response.status, bytes.length, bytes.readUInt32LE(40)]).toEqual([200, wholeBytes >> 1, wholeBytes - 44]);
  }
});

test('range-ignored: a range is answered with the whole file, and none is offered', async () => {
  const response = await fetch(await fileOf('range-ignored'), { headers: { range: 'bytes=44-' } });
  expect([response.status, response.headers.get('accept-ranges')]).toEqual([200, null]);
  expect((await response.arrayBuffer()).byteLength).toBe(wholeBytes);
});

test('a range of the file that was read before goes on; of another one it begins anew', async () => {
  const url = await fileOf('run-etag');
  const { headers } = await fetch(url);
  const range = async (etag: string | null) =>
    (await fetch(url, { headers: { range: 'bytes=44-', 'if-range': etag ?? '' } })).status;
  expect(headers.get('accept-ranges')).toBe('bytes');
  expect([await range(headers.get('etag')), await range('"another"')]).toEqual([206, 200]);
});

test('etag-changes: the file has another one each time, so that no range goes on', async () => {
  const url = await fileOf('etag-changes');
  const [first, second] = [await fetch(url), await fetch(url)];
  expect(first.headers.get('etag')).not.toBe(second.headers.get('etag'));
  const third = await fetch(url, { headers: { range: 'bytes=44-', 'if-range': second.headers.get('etag') ?? '' } });
  expect(third.status).toBe(200);
});

test('files-only: what is refused and what goes wrong is the file, and no call', async () => {
  const url = await fileOf('http-503-times-1~files-only');
  expect([(await fetch(url)).status, (await fetch(url)).status]).toEqual([503, 200]);
  const cut = await fetch(await fileOf('cut-body~files-only'));
  await expect(cut.arrayBuffer()).rejects.toThrow(/terminated/);
});
