// `pnpm trials [calls per vendor] [seed]`: the calls through chaos of `pnpm test`, ten times as many, with figures; then relays
// that are killed, five times as often.
import { findRedis } from './find-redis.mjs';
import { requireNode, runTool, step, tools } from './steps.mjs';

requireNode(20, 19);
const [calls = '10000', seed = '1'] = process.argv.slice(2).filter((argument) => argument !== '--');
const env = { ...process.env, SAYSTREAM_TRIALS: calls, SAYSTREAM_SEED: seed };

await step(`${calls} calls per vendor through chaos, seed ${seed}`, () =>
  runTool(tools.vitest, ['run', '--project', 'node', 'tests/trials/chaos', 'tests/trials/streams'], { env, limitMs: 1_800_000 }),
);

const redis = findRedis();
if (redis) {
  await step('two relays on one Redis, killed 50 times', () =>
    runTool(tools.vitest, ['run', '--project', 'node', 'packages/relay/src/store/killed-relays'], {
      env: { ...env, SAYSTREAM_REDIS_SERVER: redis, SAYSTREAM_KILLS: '50' },
      limitMs: 600_000,
    }),
  );
}
