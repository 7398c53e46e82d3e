/** Every environment variable the command reads, as `--help` prints them. */
const settingTable = [
  ['AUDIXA_API_KEY', 'the account at Audixa. At least one of the three'],
  ['SAUTI_API_KEY', 'the account at SAUTI'],
  ['MOKNAH_API_KEY', 'the account at Moknah'],
  ['AUDIXA_BASE_URL', "the vendor's origin, where it is not its own: an emulator. Likewise SAUTI_…, MOKNAH_…"],
  ['AUDIXA_SLUGS', 'custom endpoints that pages may use, with commas. Default none'],
  ['RELAY_ORIGINS', 'pages that may speak, with commas: https://app.example. Needed'],
  ['RELAY_AUTHORIZE_URL', 'your app: is sent Cookie and Authorization, answers 200 {"user":"…"} or 401'],
  ['RELAY_AUTHORIZE_MODULE', 'or a module whose default export is authorize(request)'],
  ['RELAY_ALLOW_ANYONE', 'or 1: whoever comes may speak, at your expense'],
  ['RELAY_SECRETS', 'signs tokens: 32 bytes or more; a comma and the previous one, to rotate. Needed with Redis'],
  ['REDIS_URL', 'redis://… or rediss://…: several relays share their limits. Default: memory'],
  ['RELAY_REDIS_PREFIX', 'begins every key in Redis. Default saystream:'],
  ['PORT', 'TCP port. Default 8788'],
  ['HOST', 'address to listen at. Default 127.0.0.1; :: for all'],
  ['RELAY_TRUST_PROXY', 'proxies of yours before the relay, whose X-Forwarded-For counts. Default 0'],
  ['RELAY_LIMITS', 'JSON over the default limits: {"streamsPerUser":1}'],
  ['RELAY_ALLOW_NON_BROWSER', '1: requests without an Origin are served too'],
  ['RELAY_AUDIO_URLS', "pass: pages get the vendor's address of a file. Default proxy: the relay's own"],
  ['RELAY_FILE_HOSTS', 'hosts that files may come from, with commas. Default: any public one the vendor names'],
  ['RELAY_AUDIENCE', 'names this deployment in tokens. Default saystream-relay'],
] as const;

/** A variable of the table, or one of the two that stand for others in it. */
export type SettingName = (typeof settingTable)[number][0] | 'SAUTI_BASE_URL' | 'MOKNAH_BASE_URL';

/** Such names that are not in the table are mistakes of spelling, and would leave a relay open that was meant to be shut. */
export const isUnknown = (name: string): boolean => name.startsWith('RELAY_') && !settingTable.some(([known]) => known === name);

const width = Math.max(...settingTable.map(([name]) => name.length)) + 2;

export const usage = `Usage: saystream-relay

Pages speak through it, and no key of a vendor reaches one. Set in the environment:

${settingTable.map(([name, what]) => `  ${name.padEnd(width)}${what}`).join('\n')}

It answers under any path, and GET /healthz. Each event is one line of JSON on standard output.
SIGTERM lets nothing new in, gives what runs 10 seconds, and ends it.
`;
