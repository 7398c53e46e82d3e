import { FailedExchange, SpeechError } from '@saystream/errors';
interface AttemptEvent {
    readonly type: 'attempt';
    readonly vendor: string;
    readonly transport: 'http' | 'socket';
    readonly attempt: number;
}
type Billed = 'no' | 'unknown' | 'yes';
type BodyFailure = 'idle' | 'cut' | 'too-large';
interface BodyLimits {
    readonly idleMs: number;
    readonly maxBytes: number;
    readonly signal?: AbortSignal | undefined;
}
declare class BodyReadError extends Error {
    readonly reason: BodyFailure;
    constructor(reason: BodyFailure);
}
type ClientEvent = AttemptEvent | WaitEvent | StateEvent;
interface ClientOptions {
    readonly apiKey: string;
    readonly baseUrl?: string;
    readonly fetch?: typeof globalThis.fetch;
    readonly WebSocket?: SocketConstructor;
    readonly timeouts?: Partial<Timeouts>;
    readonly retry?: Partial<RetryOptions>;
    readonly onEvent?: (event: ClientEvent) => void;
    readonly dangerouslyAllowBrowser?: boolean;
}
interface Deadline {
    touch(): void;
    cancel(): void;
}
interface FailedAttempt {
    readonly error: SpeechError;
    readonly attempt: number;
    readonly paid: boolean;
}
type FirstBytes = 'float32' | 'wav' | 'not-audio';
interface Float32Frames {
    readonly leftover: number;
    push(frame: Uint8Array): Float32Array;
}
interface HandshakeRefusal {
    readonly status: number;
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
    readonly body: string;
}
interface Http {
    request<T>(call: HttpCall, read: ReadResponse<T>): Promise<T>;
}
interface HttpCall {
    readonly url: string;
    readonly query?: Readonly<Record<string, string | number | undefined>>;
    readonly json?: unknown;
    readonly paid?: boolean;
    readonly signal?: AbortSignal | undefined;
}
interface HttpOptions {
    readonly vendor: string;
    readonly baseUrl: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly parseError: (exchange: FailedExchange) => SpeechError;
    readonly fetch?: typeof globalThis.fetch | undefined;
    readonly timeouts: Timeouts;
    readonly retry: RetryOptions;
    readonly emit: (event: ClientEvent) => void;
}
interface OpenSocket {
    send(data: string): void;
    close(): void;
}
interface PcmFormat {
    readonly sampleRate: number;
    readonly channels: 1;
}
type ReadResponse<T> = (response: Response, limits: Omit<BodyLimits, 'maxBytes'>) => Promise<T>;
interface RetryOptions {
    readonly tries: number;
    readonly baseDelayMs: number;
    readonly maxDelayMs: number;
    readonly maxWaitMs: number;
}
interface SayOptions {
    readonly signal?: AbortSignal;
}
type SocketConstructor = new (url: string, protocols?: string | string[]) => SocketLike;
interface SocketEnding {
    readonly opened: boolean;
    readonly code: number;
    readonly reason: string;
    readonly wasClean: boolean;
    readonly refusal?: HandshakeRefusal;
    readonly networkCode?: string;
}
interface SocketEvent {
    readonly type: string;
    readonly data?: unknown;
    readonly code?: number;
    readonly reason?: string;
    readonly wasClean?: boolean;
}
interface SocketHandlers {
    open(): void;
    text(data: string): void;
    binary(bytes: Uint8Array): void;
    end(ending: SocketEnding): void;
}
interface SocketLike {
    binaryType: string;
    send(data: string): void;
    close(code?: number, reason?: string): void;
    addEventListener(type: string, listener: (event: SocketEvent) => void): void;
}
interface SpeechEnding {
    readonly error?: SpeechError | undefined;
    readonly billed: Billed;
    readonly generationId?: string | undefined;
    readonly audioUrl?: string | undefined;
    readonly recovered?: 'exact' | 'approximate' | undefined;
}
interface SpeechOutcome {
    readonly verdict: SpeechVerdict;
    readonly samples: number;
    readonly durationMs: number;
    readonly firstAudioMs?: number;
    readonly generationId?: string;
    readonly audioUrl?: string;
    readonly recovered?: 'exact' | 'approximate';
    readonly billed: Billed;
    readonly error?: SpeechError;
}
interface SpeechSink {
    format(format: PcmFormat): void;
    samples(samples: Float32Array): void;
    end(ending: SpeechEnding): void;
}
interface SpeechSource {
    readonly vendor: string;
    start(sink: SpeechSink): void;
    cancel(reason: unknown): void;
}
interface SpeechStream extends AsyncIterable<Float32Array> {
    readonly format: Promise<PcmFormat>;
    readonly outcome: Promise<SpeechOutcome>;
    readonly readable: ReadableStream<Float32Array>;
    cancel(reason?: unknown): void;
    toWav(): Promise<Uint8Array>;
}
type SpeechVerdict = 'completed' | 'cancelled' | 'truncated' | 'failed';
interface StateEvent {
    readonly type: 'state';
    readonly vendor: string;
    readonly state: string;
}
interface Timeouts {
    readonly connectMs: number;
    readonly firstAudioMs: number;
    readonly stallMs: number;
    readonly headersMs: number;
    readonly bodyIdleMs: number;
    readonly totalMs: number;
}
interface VendorUrl {
    readonly http: string;
    readonly socket: string;
}
interface Voice {
    readonly vendor: string;
    readonly limits: VoiceLimits;
    say(text: string | AsyncIterable<string>, options?: SayOptions): SpeechStream;
}
interface VoiceLimits {
    readonly minCharacters: number;
    readonly maxCharacters: number;
}
interface WaitEvent {
    readonly type: 'wait';
    readonly vendor: string;
    readonly delayMs: number;
    readonly because: string;
}
interface WavDecoder {
    readonly format: WavFormat | undefined;
    readonly missingBytes: number;
    push(bytes: Uint8Array): Float32Array;
}
declare class WavError extends Error {
}
interface WavFormat {
    readonly sampleRate: number;
    readonly channels: number;
    readonly bitsPerSample: number;
    readonly float: boolean;
}
declare function checkApiKey(owner: string, options: {
    apiKey?: unknown;
    dangerouslyAllowBrowser?: boolean | undefined;
}): void;
declare function createFloat32Frames(): Float32Frames;
declare function createHttp(options: HttpOptions): Http;
declare function createSpeechStream(source: SpeechSource, signal?: AbortSignal): SpeechStream;
declare function createWavDecoder(): WavDecoder;
declare const defaultRetry: RetryOptions;
declare const defaultTimeouts: Timeouts;
declare const firstBytesNeeded = 4;
declare function joinBytes(first: Uint8Array, second: Uint8Array): Uint8Array;
declare function openSocket(url: string, handlers: SocketHandlers, Constructor?: SocketConstructor): OpenSocket;
declare function readBody(response: Response, limits: BodyLimits): AsyncGenerator<Uint8Array>;
declare function readBytes(response: Response, limits: BodyLimits): Promise<Uint8Array>;
declare function readJson(vendor: string, response: Response, limits: Omit<BodyLimits, 'maxBytes'>): Promise<unknown>;
declare function recogniseFirstBytes(bytes: Uint8Array): FirstBytes;
declare function retryDelayMs(failed: FailedAttempt, retry: RetryOptions, random?: () => number): number | undefined;
declare function sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
declare function startDeadline(afterMs: number, onPassed: () => void, now?: () => number): Deadline;
declare function vendorUrl(baseUrl: string, apiPath: string): VendorUrl;
declare function writeWav(chunks: readonly Float32Array[], sampleRate: number): Uint8Array;
export type {
    AttemptEvent,
    Billed,
    BodyFailure,
    BodyLimits,
    ClientEvent,
    ClientOptions,
    Deadline,
    FailedAttempt,
    FirstBytes,
    Float32Frames,
    HandshakeRefusal,
    Http,
    HttpCall,
    HttpOptions,
    OpenSocket,
    PcmFormat,
    ReadResponse,
    RetryOptions,
    SayOptions,
    SocketConstructor,
    SocketEnding,
    SocketEvent,
    SocketHandlers,
    SocketLike,
    SpeechEnding,
    SpeechOutcome,
    SpeechSink,
    SpeechSource,
    SpeechStream,
    SpeechVerdict,
    StateEvent,
    Timeouts,
    VendorUrl,
    Voice,
    VoiceLimits,
    WaitEvent,
    WavDecoder,
    WavFormat
};
export {
    BodyReadError,
    WavError,
    checkApiKey,
    createFloat32Frames,
    createHttp,
    createSpeechStream,
    createWavDecoder,
    defaultRetry,
    defaultTimeouts,
    firstBytesNeeded,
    joinBytes,
    openSocket,
    readBody,
    readBytes,
    readJson,
    recogniseFirstBytes,
    retryDelayMs,
    sleep,
    startDeadline,
    vendorUrl,
    writeWav
};
