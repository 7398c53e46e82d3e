/** Requests and credits of a minute (vendor docs, rate limits). */
export const minuteLimits = { requests: 60, credits: 10_000 } as const;

const windowMs = 60_000;
const plentyOfCredits = 1_000_000_000;

/** One key's account. */
export interface MoknahAccount {
  /** Credits that are left. */
  credits: number;
  /** Requests and credits of this minute. */
  requests: number;
  minuteCredits: number;
  /** Syntheses asked for in all. */
  asked: number;
  /** A synthesis is under way. */
  busy: boolean;
}

/** Accounts by key; a new minute of the clock begins with empty counts (fixed windows: inferred from the sample's timestamp). */
export function createAccounts(): (apiKey: string, nowMs: number, credits?: number) => MoknahAccount {
  const accounts = new Map<string, MoknahAccount & { window: number }>();
  return (apiKey, nowMs, credits = plentyOfCredits) => {
    const window = Math.floor(nowMs / windowMs);
    let account = accounts.get(apiKey);
    if (!account) {
      account = { credits, requests: 0, minuteCredits: 0, asked: 0, busy: false, window };
      accounts.set(apiKey, account);
    }
    if (account.window !== window) Object.assign(account, { window, requests: 0, minuteCredits: 0 });
    return account;
  };
}

/** When the minute ends: Unix seconds. */
export const minuteEndSeconds = (nowMs: number): number => ((Math.floor(nowMs / windowMs) + 1) * windowMs) / 1_000;
