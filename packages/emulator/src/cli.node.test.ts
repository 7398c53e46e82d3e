import { expect, test } from 'vitest';

import { ended, runFile } from '../tests/run-source.ts';

const cli = (...args: string[]) => runFile('src/cli.ts', args);

/** The address on the line of a vendor, and the key on another line. */
const saidOf = (said: string, vendor: string): string => new RegExp(`${vendor} +(\\S+)$`, 'm').exec(said)?.[1] ?? '';

test.each(['SIGINT', 'SIGTERM'] as const)(
  'it says where all three vendors listen and with which keys, and %s stops it',
  async (signal) => {
    const child = await cli('--port', '0', '--rate', '5');
    let said = '';
    child.stdout?.on('data', (piece) => (said += String(piece)));
    await expect.poll(() => said, { timeout: 10_000 }).toContain('Ctrl-C');
    const key = saidOf(said, 'key that behaves');
    const statuses = [
      await fetch(`${saidOf(said, 'Audixa')}/voices`, { headers: { 'x-api-key': key } }),
      await fetch(`${saidOf(said, 'SAUTI')}/voices`, { headers: { 'xi-api-key': key } }),
      await fetch(`${saidOf(said, 'Moknah')}/voices/`, { headers: { authorization: `Bearer ${key}` } }),
      await fetch(/^http:\S+$/m.exec(said)?.[0] ?? ''),
    ].map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 200, 200]);
    expect(saidOf(said, 'Audixa, stream')).toMatch(/^ws:.*\/v3\/tts\/stream$/);
    for (const scenario of ['http-429', 'chaos-1', 'sauti-job-fails', 'moknah-busy-1'])
      expect(said).toContain(`emulated-${scenario}\n`);
    const ending = ended(child);
    child.kill(signal);
    expect(await ending).toMatchObject({ code: 0, stderr: '' });
  },
);

test.each(['--help', '-h'])('%s: it explains itself, names the three vendors and starts nothing', async (option) => {
  const { code, stdout, stderr } = await ended(await cli(option));
  expect([code, stderr]).toEqual([0, '']);
  for (const word of ['--port N', '--rate X', 'Audixa', 'SAUTI', 'Moknah']) expect(stdout).toContain(word);
});

test.each([
  ['--rate', '0', 'rate must be above 0'],
  ['--port', 'x', 'port'],
  ['--speed', '2', "Unknown option '--speed'"],
])('%s %s is refused with a reason and the usage', async (option, value, reason) => {
  const { code, stderr } = await ended(await cli(option, value));
  expect(code).toBe(1);
  expect(stderr).toContain(reason);
  expect(stderr).toContain('Usage:');
});

test('an emulator whose output is not read goes on', async () => {
  const child = await cli('--port', '0');
  let said = '';
  child.stdout?.on('data', (piece) => {
    said += String(piece);
    child.stdout?.destroy();
  });
  let complaint = '';
  child.stderr?.on('data', (piece) => (complaint += String(piece)));
  await expect.poll(() => said, { timeout: 10_000 }).toMatch(/^http:\S+$/m);
  const left = await cli('--port', '0');
  left.stdout?.destroy();
  // Until it has written its page.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect([child.exitCode, left.exitCode, complaint]).toEqual([null, null, '']);
  expect((await fetch(/^http:\S+$/m.exec(said)?.[0] ?? '')).status).toBe(200);
  for (const each of [child, left]) {
    const gone = new Promise((resolve) => each.once('exit', resolve));
    each.kill('SIGTERM');
    expect(await gone).toBe(0);
  }
});
