import { problemWithOrigin } from '../../access/read-origin.ts';
import { problemWithLimits } from '../../check-limits.ts';
import { defaultLimits, type RelayLimits, type RelayOptions, type RelayVendor } from '../../relay-options.ts';
import { isUnknown, type SettingName } from './setting-table.ts';

/** How the command finds out who may speak. */
export type AuthorizeBy =
  | { readonly by: 'url'; readonly url: string }
  | { readonly by: 'module'; readonly path: string }
  | { readonly by: 'anyone' };

/** What the environment says. */
export interface RelaySettings {
  readonly relay: Omit<RelayOptions, 'authorize' | 'store' | 'onEvent'>;
  readonly authorize: AuthorizeBy;
  readonly redisUrl?: string;
  readonly redisPrefix?: string;
  readonly port: number;
  readonly host: string;
  readonly trustProxy: number;
}

/** The environment, or a part of it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads all there is, and names all that is wrong, a sentence each; none of them shows a value that may be secret. */
export function readSettings(environment: Environment): {
  readonly settings?: RelaySettings;
  readonly problems: readonly string[];
} {
  const problems: string[] = Object.keys(environment)
    .filter(isUnknown)
    .map((name) => `${name} is no setting of this command: see --help.`);
  const read = createReader(environment, problems);

  const vendors = Object.fromEntries((['audixa', 'sauti', 'moknah'] as const).flatMap((vendor) => readAccount(read, vendor)));
  if (Object.keys(vendors).length === 0) {
    problems.push('Set AUDIXA_API_KEY, SAUTI_API_KEY or MOKNAH_API_KEY: the relay needs one account at least.');
  }
  const origins = read.list('RELAY_ORIGINS');
  if (!origins) problems.push('Set RELAY_ORIGINS to the pages that may speak, such as https://app.example.');
  for (const origin of origins ?? []) {
    const problem = problemWithOrigin(origin);
    if (problem) problems.push(`RELAY_ORIGINS: ${problem}`);
  }
  const authorize = readAuthorize(read, problems);
  const redisUrl = read.url('REDIS_URL', /^rediss?:$/, 'redis://… or rediss://…');
  const secrets = readSecrets(read, problems);
  if (redisUrl && !read.text('RELAY_SECRETS')) {
    problems.push('Set RELAY_SECRETS, the same on all relays that share REDIS_URL: openssl rand -base64 48 makes one.');
  }
  const redisPrefix = read.text('RELAY_REDIS_PREFIX');
  if (redisPrefix?.includes('{}')) problems.push('RELAY_REDIS_PREFIX must not contain {}, an empty hash tag.');
  const audience = read.text('RELAY_AUDIENCE');
  const fileHosts = read.list('RELAY_FILE_HOSTS');
  const settings = {
    relay: {
      vendors,
      origins: origins ?? [],
      limits: readLimits(read, problems),
      allowNonBrowser: read.flag('RELAY_ALLOW_NON_BROWSER'),
      audioUrls: read.oneOf('RELAY_AUDIO_URLS', ['proxy', 'pass']),
      ...(secrets && { secrets }),
      ...(audience && { audience }),
      ...(fileHosts && { fileHosts }),
    },
    port: read.number('PORT', 8_788, 65_535),
    host: read.text('HOST') ?? '127.0.0.1',
    trustProxy: read.number('RELAY_TRUST_PROXY', 0, 10),
    ...(redisUrl && { redisUrl }),
    ...(redisPrefix && { redisPrefix }),
  };
  return authorize && problems.length === 0 ? { settings: { ...settings, authorize }, problems } : { problems };
}

type Reader = ReturnType<typeof createReader>;

/** A variable that is empty is not set: files of variables leave them so. */
function createReader(environment: Environment, problems: string[]) {
  const text = (name: SettingName): string | undefined => environment[name]?.trim() || undefined;
  return {
    text,
    list(name: SettingName): string[] | undefined {
      const items = text(name)
        ?.split(',')
        .map((item) => item.trim())
        .filter(Boolean);
      return items?.length ? items : undefined;
    },
    flag(name: SettingName): boolean {
      const value = text(name);
      if (value !== undefined && value !== '0' && value !== '1') problems.push(`${name} must be 1, 0 or empty.`);
      return value === '1';
    },
    number(name: SettingName, otherwise: number, most: number): number {
      const value = Number(text(name) ?? otherwise);
      if (!(Number.isInteger(value) && value >= 0 && value <= most)) problems.push(`${name} must be a number from 0 to ${most}.`);
      return value;
    },
    oneOf<T extends string>(name: SettingName, choices: readonly [T, ...T[]]): T {
      const value = text(name);
      if (value !== undefined && !choices.includes(value as T)) problems.push(`${name} must be ${choices.join(' or ')}.`);
      return (value as T | undefined) ?? choices[0];
    },
    url(name: SettingName, protocol: RegExp, looks: string): string | undefined {
      const value = text(name);
      if (value === undefined || (URL.canParse(value) && protocol.test(new URL(value).protocol))) return value;
      problems.push(`${name} must be an address, such as ${looks}.`);
      return undefined;
    },
  };
}

function readAccount(read: Reader, vendor: RelayVendor): [RelayVendor, object][] {
  const name = vendor.toUpperCase() as Uppercase<RelayVendor>;
  const apiKey = read.text(`${name}_API_KEY`);
  if (!apiKey) return [];
  const baseUrl = read.text(`${name}_BASE_URL`);
  const slugs = vendor === 'audixa' ? read.list('AUDIXA_SLUGS') : undefined;
  return [[vendor, { apiKey, ...(baseUrl && { baseUrl }), ...(slugs && { slugs }) }]];
}

function readAuthorize(read: Reader, problems: string[]): AuthorizeBy | undefined {
  const url = read.url('RELAY_AUTHORIZE_URL', /^https?:$/, 'http://127.0.0.1:3000/who-speaks');
  const path = read.text('RELAY_AUTHORIZE_MODULE');
  const ways: AuthorizeBy[] = [
    ...(url ? [{ by: 'url', url } as const] : []),
    ...(path ? [{ by: 'module', path } as const] : []),
    ...(read.flag('RELAY_ALLOW_ANYONE') ? [{ by: 'anyone' } as const] : []),
  ];
  const names = 'RELAY_AUTHORIZE_URL, RELAY_AUTHORIZE_MODULE or RELAY_ALLOW_ANYONE=1';
  if (ways.length > 1) problems.push(`Set only one of ${names}.`);
  if (ways.length === 0 && !read.text('RELAY_AUTHORIZE_URL')) {
    problems.push(`Set ${names}: the relay must know who may speak at your expense.`);
  }
  return ways[0];
}

function readSecrets(read: Reader, problems: string[]): [string, string?] | undefined {
  const secrets = read.list('RELAY_SECRETS');
  if (secrets?.some((secret) => new TextEncoder().encode(secret).length < 32)) {
    problems.push('RELAY_SECRETS must be 32 bytes or more each: openssl rand -base64 48 makes one.');
  }
  if (secrets && secrets.length > 2) problems.push('RELAY_SECRETS may hold two: the current one, and the previous.');
  return secrets as [string, string?] | undefined;
}

function readLimits(read: Reader, problems: string[]): Partial<RelayLimits> {
  try {
    const limits: unknown = JSON.parse(read.text('RELAY_LIMITS') ?? '{}');
    if (typeof limits === 'object' && limits !== null && !Array.isArray(limits)) {
      const problem = problemWithLimits(limits);
      if (problem) problems.push(`RELAY_LIMITS: ${problem}`);
      return limits;
    }
  } catch {
    // The sentence below says it.
  }
  problems.push(`RELAY_LIMITS must be a JSON object of limits: ${Object.keys(defaultLimits).join(', ')}.`);
  return {};
}
