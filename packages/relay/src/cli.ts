#!/usr/bin/env node
import { authorizeBy } from './node/command/authorize-by.ts';
import { logLine, type CommandEvent } from './node/command/log-line.ts';
import { openStore } from './node/command/open-store.ts';
import { readSettings } from './node/command/read-settings.ts';
import { usage } from './node/command/setting-table.ts';
import { serveRelay } from './node/serve-relay.ts';
import type { RelayEvent } from './relay-options.ts';

const graceMs = 10_000;

// The reader of the log may end first (`| head -1`). The relay then continues without a log.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const log = (event: RelayEvent | CommandEvent): void => void process.stdout.write(`${logLine(event)}\n`);

function refuse(problems: readonly string[]): void {
  process.stderr.write(`${problems.join('\n')}\nsaystream-relay --help lists the settings.\n`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.some((argument) => argument === '--help' || argument === '-h')) return void process.stdout.write(usage);
  if (args.length > 0) return refuse([`${args.join(' ')}: there are no arguments; everything is set in the environment.`]);
  const { settings, problems } = readSettings(process.env);
  if (!settings) return refuse(problems);

  const { redisUrl, redisPrefix: prefix, port, host, trustProxy } = settings;
  const authorize = await authorizeBy(settings.authorize, settings.relay.secrets?.[0]);
  const { store, close: closeStore } = await openStore(redisUrl, (code) => log({ type: 'store', code }), { prefix });
  const served = await serveRelay({ ...settings.relay, authorize, store, onEvent: log, port, host, trustProxy }).catch(
    (error: unknown) => {
      closeStore();
      throw error;
    },
  );
  if (settings.authorize.by === 'anyone') {
    const detail = 'RELAY_ALLOW_ANYONE: whoever comes may speak at your expense, each address within the limits.';
    log({ type: 'warning', code: 'allow_anyone', detail });
  }
  log({ type: 'listening', host, port: Number(new URL(served.url).port), store: redisUrl ? 'redis' : 'memory' });

  const stop = async (): Promise<void> => {
    log({ type: 'draining' });
    await served.close(graceMs);
    closeStore();
    log({ type: 'closed' });
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      // A second one, of whatever sort, means at once.
      for (const again of ['SIGTERM', 'SIGINT'] as const) process.removeAllListeners(again).once(again, () => process.exit(1));
      void stop();
    });
  }
}

run().catch((error: unknown) => {
  refuse([error instanceof Error ? error.message.replace(/^createRelay: /, '') : String(error)]);
});
