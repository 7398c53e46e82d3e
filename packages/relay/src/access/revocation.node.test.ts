import { afterEach, expect, test, vi } from 'vitest';

import { gate, http } from '../../tests/access-gate.ts';
import { checkRelayOptions } from '../check-relay-options.ts';
import { openFile, sealAudioUrls } from '../http/seal-file.ts';
import { isRefusal, type RelayContext } from '../relay-context.ts';
import { memoryStore } from '../store/memory-store.ts';

afterEach(() => void vi.useRealTimers());

test('revoking ends tokens, sessions and finished files that came of them, on every process, and later ones work', async () => {
  const store = memoryStore();
  const [one, two] = [gate({}, store), gate({}, store)];
  const [ada, bob] = [await one.tokens(), await gate({ authorize: () => ({ user: 'bob' }) }, store).tokens()];
  const context = { options: one.options, ...checkRelayOptions(one.options), access: two.access } as unknown as RelayContext;
  const seal = async (session: string) => {
    const grant = await two.access.redeem(session, http);
    if (isRefusal(grant)) throw new Error(grant.code);
    const json = await sealAudioUrls('{"audio_url":"https://cdn.example/a.wav"}', context, grant);
    const { audio_url: name } = JSON.parse(json) as { audio_url: string };
    return { grant, isRevoked: async () => two.access.isRevoked((await openFile(context, name.replace('files/', '')))!.grant) };
  };
  const [adas, bobs] = [await seal(ada.session), await seal(bob.session)];
  expect([await adas.isRevoked(), await bobs.isRevoked()]).toEqual([false, false]);
  await one.access.revoke('ada');
  for (const bearer of [ada.token, ada.session]) {
    expect(await two.access.redeem(bearer, http)).toMatchObject({ status: 401, code: 'token_revoked' });
  }
  expect([await adas.isRevoked(), await two.access.isRevoked(adas.grant), await bobs.isRevoked()]).toEqual([true, true, false]);
  // At once: a token that is made after a revocation carries its name, whatever the clocks say.
  const later = await seal((await one.tokens()).session);
  expect([await later.isRevoked(), await adas.isRevoked()]).toEqual([false, true]);
});

test.each([3_000, -3_000, 4_900, 0])(
  'a session of a process whose clock is %i ms off ends with a revocation, and one that is made after it works',
  async (offMs) => {
    const store = memoryStore();
    const here = gate({}, store);
    const mintThere = async () => {
      const there = gate({}, store);
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + offMs });
      const minted = await there.tokens();
      vi.useRealTimers();
      return minted;
    };
    const before = await mintThere();
    expect(isRefusal(await here.access.redeem(before.session, http))).toBe(false);
    await here.access.revoke('ada');
    for (const bearer of [before.token, before.session]) {
      expect(await here.access.redeem(bearer, http)).toMatchObject({ status: 401, code: 'token_revoked' });
    }
    const between = await mintThere();
    expect(isRefusal(await here.access.redeem(between.session, http))).toBe(false);
    await here.access.revoke('ada');
    const after = await mintThere();
    for (const { session } of [before, between]) {
      expect(await here.access.redeem(session, http)).toMatchObject({ status: 401, code: 'token_revoked' });
    }
    expect(isRefusal(await here.access.redeem(after.session, http))).toBe(false);
  },
);

test('a revocation is remembered for longer than a session and its files live', async () => {
  const store = memoryStore();
  let rememberedMs = 0;
  const put: typeof store.put = (_, __, ttlMs) => Promise.resolve(void (rememberedMs = ttlMs));
  await gate({}, { ...store, put }).access.revoke('ada');
  expect(rememberedMs).toBeGreaterThan((600 + 3_600) * 1_000);
});
