import { createAudixa, createMoknah, createSauti, isSpeechError } from 'saystream';
import { expect, test } from 'vitest';

const clients = { createAudixa, createSauti, createMoknah };
const variables = { createAudixa: 'AUDIXA_API_KEY', createSauti: 'SAUTI_API_KEY', createMoknah: 'MOKNAH_API_KEY' };
type Name = keyof typeof clients;
const names = Object.keys(clients) as Name[];
const text = 'Hello.';

test.each(names)('%s with a relative relay constructs on a server, and every use says what to do', async (name) => {
  const client = clients[name]({ relay: '/speech' });
  const outcome = await client.voice('1').say(text).outcome;
  expect(outcome).toMatchObject({ verdict: 'failed', billed: 'no', error: { kind: 'invalid-request' } });
  expect(outcome.error?.message).toContain('/speech');
  expect(outcome.error?.advice).toContain('https://');
  const generated: unknown = await client.generate({ text, voiceId: '1' }).catch((thrown: unknown) => thrown);
  expect(isSpeechError(generated) && generated.kind).toBe('invalid-request');
  const listed: unknown = await client
    .voices()
    [Symbol.asyncIterator]()
    .next()
    .catch((thrown: unknown) => thrown);
  expect(isSpeechError(listed) && listed.kind).toBe('invalid-request');
});

test('a job that is asked for without a page rejects, and does not throw', async () => {
  const asked = createAudixa({ relay: '/speech' }).generation('gen_1');
  await expect(asked).rejects.toMatchObject({ kind: 'invalid-request' });
});

test.each(names)('%s takes a key that may be absent, and names the option and the variable', (name) => {
  const apiKey: string | undefined = process.env['A_VARIABLE_THAT_NO_SHELL_HAS'];
  expect(() => clients[name]({ apiKey })).toThrow(
    `${name}: apiKey is missing. Check the environment variable ${variables[name]}.`,
  );
});

test.each(['a key\n', 'a\r\nkey', ' ', '\t', 'a\u0000key', 'ключ', '\u200bkey', '\ud800'])(
  'a key such as %j is refused at construction',
  (apiKey) => {
    for (const name of names) {
      const create = () => clients[name]({ apiKey });
      expect(create).toThrow(/apiKey has a blank at an end, a line break .*_API_KEY/);
      expect(create).not.toThrow('ключ');
    }
  },
);
