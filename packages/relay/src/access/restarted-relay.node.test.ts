import { expect, test } from 'vitest';

import { startWholeRelay } from '../../tests/whole-relay.ts';

test('a relay with a memory store and fixed secrets refuses the tokens of its previous process', async () => {
  const secrets = ['a secret that outlives the process, 32 bytes'] as const;
  const before = await startWholeRelay({ secrets });
  const used = await before.mint();
  expect((await before.get('diagnose', used.token)).status).toBe(204);
  const revoked = await before.mint();
  await before.relay.revoke('user-1');
  const after = await startWholeRelay({ secrets });
  for (const bearer of [used.token, revoked.session, revoked.token]) {
    const answer = await after.get('diagnose', bearer);
    expect([answer.status, ((await answer.json()) as { type: string }).type]).toEqual([
      401,
      'urn:saystream:relay:token_forgotten',
    ]);
  }
  expect((await after.get('diagnose', (await after.mint()).session)).status).toBe(204);
});
