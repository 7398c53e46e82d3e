interface AudixaClose {
    readonly code: number;
    readonly reason?: string | undefined;
    readonly wasClean?: boolean | undefined;
    readonly phase: StreamPhase;
    readonly errorMessage?: string | undefined;
}
type ExchangeLike = FailedExchange | NodeExchange | ThrownExchange | undefined;
interface FailedExchange {
    readonly status: number;
    readonly headers?: HeadersLike | undefined;
    readonly body?: unknown;
    readonly url?: string | undefined;
    readonly sentText?: string | undefined;
    readonly bodyUsed?: never;
    readonly nowMs?: number | undefined;
}
interface FieldProblem {
    readonly path: string;
    readonly message: string;
}
type HeadersLike = Iterable<readonly [
    string,
    string | readonly string[]
]> | Readonly<Record<string, unknown>>;
interface KeyRedactor {
    (text: string, isCut?: boolean): string;
    readonly longest: number;
}
type NarrowingSpeechError = SpeechErrorOf<'timeout'> | SpeechErrorOf<Exclude<SpeechErrorKind, 'timeout'>>;
interface NodeExchange extends Omit<FailedExchange, 'status'> {
    readonly statusCode?: number | undefined;
}
interface OptionalFacts {
    readonly status?: number;
    readonly code?: string;
    readonly close?: SocketClose;
    readonly retryAfterMs?: number;
    readonly credits?: SpeechCredits;
    readonly limit?: SpeechTimeLimit;
    readonly requestId?: string;
    readonly generationId?: string;
    readonly piece?: number;
}
type OrUndefined<T> = {
    readonly [K in keyof T]?: T[K] | undefined;
};
interface ReadLimits {
    readonly idleMs?: number | undefined;
    readonly totalMs?: number | undefined;
}
interface SocketClose {
    readonly code: number;
    readonly reason: string;
    readonly wasClean: boolean;
    readonly phase: StreamPhase;
}
interface SpeechCredits {
    readonly remaining?: number;
    readonly required?: number;
}
declare class SpeechError extends Error implements OptionalFacts {
    readonly kind: SpeechErrorKind;
    readonly vendor: string;
    readonly status?: number;
    readonly code?: string;
    readonly close?: SocketClose;
    readonly fields: readonly FieldProblem[];
    readonly retryAfterMs?: number;
    readonly credits?: SpeechCredits;
    readonly retryable: boolean;
    readonly billed: 'no' | 'unknown' | 'yes';
    readonly limit?: SpeechTimeLimit;
    readonly advice: string;
    readonly requestId?: string;
    readonly generationId?: string;
    readonly piece?: number;
    constructor(facts: SpeechErrorFacts);
    get name(): string;
    toJSON(): object;
}
interface SpeechErrorFacts extends OrUndefined<Omit<OptionalFacts, 'credits'>> {
    readonly credits?: OrUndefined<SpeechCredits> | undefined;
    readonly kind: SpeechErrorKind;
    readonly vendor: string;
    readonly message: string;
    readonly fields?: readonly FieldProblem[] | undefined;
    readonly retryable?: boolean | undefined;
    readonly billed?: 'no' | 'unknown' | 'yes' | undefined;
    readonly advice?: string | undefined;
    readonly cause?: unknown;
}
type SpeechErrorKind = 'invalid-request' | 'unauthorized' | 'insufficient-credits' | 'forbidden' | 'not-found' | 'not-ready' | 'busy' | 'conflict' | 'too-large' | 'rate-limited' | 'vendor-fault' | 'unavailable' | 'generation-failed' | 'truncated' | 'not-audio' | 'bad-response' | 'connection-lost' | 'unreachable' | 'timeout' | 'aborted' | 'playback-blocked' | 'unknown';
type SpeechErrorOf<Kind extends SpeechErrorKind> = SpeechError & {
    readonly kind: Kind;
} & ('timeout' extends Kind ? {
    readonly limit: SpeechTimeLimit;
} : unknown);
type SpeechTimeLimit = 'connect' | 'first-audio' | 'stall' | 'text' | 'total';
type StreamPhase = 'connecting' | 'waiting' | 'streaming' | 'completed';
interface ThrownExchange {
    readonly response?: FailedExchange | NodeExchange | undefined;
    readonly message: string;
}
declare const audioAddressMembers: readonly string[];
declare const beganByServer: (headers: Headers, beganMs: number) => number;
declare function createKeyRedactor(key: string | undefined): KeyRedactor;
declare function explainAudixaClose(close: AudixaClose | undefined): SpeechError | undefined;
declare const isMadeSince: (madeAt: unknown, beganAtMs: number) => boolean;
declare function isSpeechError(thrown: unknown): thrown is NarrowingSpeechError;
declare const parseAudixaError: (exchange: ExchangeLike) => SpeechError;
declare const parseMoknahError: (exchange: ExchangeLike) => SpeechError;
declare const parseProblemDetails: (exchange: ExchangeLike) => SpeechError;
declare const parseSautiError: (exchange: ExchangeLike) => SpeechError;
declare function readAudioAddress(text: string): string | undefined;
declare function readFailedExchange(response: Response, limits?: ReadLimits): Promise<FailedExchange>;
declare const speechErrorKinds: readonly SpeechErrorKind[];
declare function waitHint(exchange: FailedExchange | undefined, _vendor?: string): number | undefined;
export type {
    AudixaClose,
    ExchangeLike,
    FailedExchange,
    FieldProblem,
    HeadersLike,
    KeyRedactor,
    NarrowingSpeechError,
    NodeExchange,
    ReadLimits,
    SocketClose,
    SpeechCredits,
    SpeechErrorFacts,
    SpeechErrorKind,
    SpeechErrorOf,
    SpeechTimeLimit,
    StreamPhase,
    ThrownExchange
};
export {
    SpeechError,
    audioAddressMembers,
    beganByServer,
    createKeyRedactor,
    explainAudixaClose,
    isMadeSince,
    isSpeechError,
    parseAudixaError,
    parseMoknahError,
    parseProblemDetails,
    parseSautiError,
    readAudioAddress,
    readFailedExchange,
    speechErrorKinds,
    waitHint
};
