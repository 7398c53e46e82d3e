import { Duplex } from 'node:stream';
import { IncomingMessage, ServerResponse } from 'node:http';
interface AudixaAccount extends VendorAccount {
    readonly slugs?: readonly string[];
}
interface CharacterLimit {
    readonly characters: number;
    readonly windowMs: number;
}
interface LineRule {
    readonly slots?: number;
    readonly perMinute?: number;
    readonly ttlMs: number;
    readonly waitMs?: number;
}
interface ProxyTrust {
    readonly trustProxy?: number;
}
interface Relay {
    fetch(request: Request, info?: {
        readonly ip?: string | undefined;
    }): Promise<Response>;
    upgrade(request: IncomingMessage, socket: Duplex, head: Uint8Array, info?: UpgradeInfo): boolean;
    revoke(user: string): Promise<void>;
    close(graceMs?: number): Promise<void>;
}
interface RelayAccounts {
    readonly audixa?: AudixaAccount;
    readonly sauti?: VendorAccount;
    readonly moknah?: VendorAccount;
}
interface RelayEvent {
    readonly type: 'token' | 'stream' | 'request' | 'refused' | 'fault';
    readonly user?: string;
    readonly vendor?: RelayVendor;
    readonly code?: string | number;
    readonly origin?: string;
    readonly durationMs?: number;
    readonly characters?: number;
    readonly bytes?: number;
}
interface RelayLimits {
    readonly charactersPerRequest: number;
    readonly charactersPerUser: CharacterLimit;
    readonly charactersTotal: CharacterLimit;
    readonly streamsPerUser: number;
    readonly streamsPerIp: number;
    readonly streamsTotal: number;
    readonly connectsPerIpPerMinute: number;
    readonly readsPerUser: number;
    readonly readsPerIp: number;
    readonly readsTotal: number;
    readonly requestsPerUserPerMinute: number;
    readonly requestsPerIpPerMinute: number;
    readonly requestsTotalPerMinute: number;
    readonly queueWaitMs: number;
    readonly sautiPerMinute: number;
    readonly authorizeMs: number;
    readonly requestMs: number;
    readonly idleMs: number;
    readonly lifeMs: number;
    readonly slowReaderMs: number;
    readonly heartbeatMs: number;
}
interface RelayOptions {
    readonly vendors: RelayAccounts;
    readonly origins: readonly string[];
    readonly authorize: (request: Request, info: {
        readonly ip: string;
        readonly signal: AbortSignal;
    }) => RelayUser | null | Promise<RelayUser | null>;
    readonly limits?: Partial<RelayLimits>;
    readonly store?: RelayStore;
    readonly secrets?: readonly [
        current: string,
        previous?: string
    ];
    readonly audience?: string;
    readonly allowNonBrowser?: boolean;
    readonly clientIp?: (request: Request) => string | undefined;
    readonly audioUrls?: 'proxy' | 'pass';
    readonly fileHosts?: readonly string[];
    readonly onEvent?: (event: RelayEvent) => void;
}
interface RelayServer {
    readonly url: string;
    readonly relay: Relay;
    close(graceMs?: number): Promise<void>;
}
interface RelayStore {
    once(key: string, ttlMs: number): Promise<boolean>;
    spend(key: string, amount: number, limit: number, windowMs: number): Promise<Spent>;
    lease(key: string, holder: string, limit: number, ttlMs: number): Promise<boolean>;
    release(key: string, holder: string): Promise<void>;
    takeTurn(line: string, ticket: string, user: string, rule: LineRule): Promise<Turn>;
    leaveLine(line: string, ticket: string, lingerMs?: number): Promise<void>;
    put(key: string, value: Uint8Array, ttlMs: number): Promise<void>;
    get(key: string): Promise<Uint8Array | undefined>;
    forget(key: string): Promise<void>;
    generation?(): Promise<string>;
    close(): Promise<void>;
}
interface RelayUser {
    readonly user: string;
    readonly voices?: readonly string[];
    readonly maxChars?: number;
}
type RelayVendor = 'audixa' | 'sauti' | 'moknah';
interface ServeRelayOptions extends RelayOptions, ProxyTrust {
    readonly port: number;
    readonly host?: string;
}
interface Spent {
    readonly taken: boolean;
    readonly left: number;
    readonly retryAfterMs: number;
}
type Turn = {
    readonly granted: true;
    readonly fence: number;
} | {
    readonly granted: false;
    readonly position: number;
};
interface UpgradeInfo {
    readonly ip?: string | undefined;
    readonly refuseForeign?: boolean | undefined;
}
interface VendorAccount {
    readonly apiKey?: string | undefined;
    readonly baseUrl?: string;
}
declare function relayHandler(relay: Pick<Relay, 'fetch'>, { trustProxy }?: ProxyTrust): (request: IncomingMessage, response: ServerResponse) => void;
declare function relayUpgrade(relay: Pick<Relay, 'upgrade'>, { trustProxy }?: ProxyTrust): (request: IncomingMessage, socket: Duplex, head: Uint8Array) => boolean;
declare function serveRelay(options: ServeRelayOptions): Promise<RelayServer>;
export type {
    ProxyTrust,
    RelayServer,
    ServeRelayOptions
};
export {
    relayHandler,
    relayUpgrade,
    serveRelay
};
