import { SpeechError, SpeechErrorKind, KeyRedactor, FailedExchange } from '@saystream/errors';
interface Account {
    readonly health: AccountHealth;
    ask(): SpeechError | undefined;
    tell(event: HealthEvent): void;
}
interface AccountHealth {
    readonly spareRepeats: number;
    readonly failures: number;
    readonly restUntilMs: number;
}
type AskForSocket = (encoding: 'f32le' | 's16le') => Promise<SocketConstructor | undefined>;
interface AttemptEvent {
    readonly type: 'attempt';
    readonly vendor: string;
    readonly transport: 'http' | 'socket';
    readonly attempt: number;
}
interface Attempts<T> {
    readonly transport: AttemptEvent['transport'];
    readonly signal: AbortSignal;
    readonly isWatched: boolean;
    readonly remainingMs?: () => number;
    readonly before?: (() => Promise<void> | undefined) | undefined;
    readonly once: () => Promise<T>;
    readonly explain: (thrown: unknown) => SpeechError;
    readonly isInDoubt?: () => boolean;
    readonly isFinal?: (error: SpeechError) => boolean;
}
interface AudioFileFacts {
    readonly mimeType: string;
    readonly durationMs?: number;
    readonly isCut: boolean;
}
type AudioInspector = (bytes: Uint8Array) => AudioFileFacts | undefined;
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
interface CallContext {
    readonly vendor: string;
    readonly timeouts: {
        readonly totalMs: number;
    };
    readonly leftMs?: number;
    readonly isInDoubt?: () => boolean;
}
type ClientEvent = AttemptEvent | WaitEvent | GiveUpEvent | HeldEvent | ReconciledEvent | CreditsEvent | FallbackEvent | StateEvent;
type ClientOptions = CommonOptions & (DirectOptions | RelayedOptions);
interface CommonOptions {
    readonly fetch?: typeof globalThis.fetch;
    readonly WebSocket?: SocketConstructor;
    readonly timeouts?: Partial<Timeouts>;
    readonly retry?: Partial<RetryOptions>;
    readonly onEvent?: (event: ClientEvent) => void;
}
interface CreditsEvent {
    readonly type: 'credits';
    readonly vendor: string;
    readonly remaining?: number;
    readonly used?: number;
}
interface Deadline {
    touch(): void;
    cancel(): void;
}
interface DirectOptions {
    readonly apiKey?: string | undefined;
    readonly baseUrl?: string;
    readonly dangerouslyAllowBrowser?: boolean;
    readonly relay?: undefined;
}
type ExplainRefusal = (ending: Pick<SocketEnding, 'opened' | 'refusal' | 'networkCode'>, of: {
    readonly vendor: string;
    readonly name: string;
    readonly parseError: (refusal: HandshakeRefusal) => SpeechError;
}) => SpeechError | undefined;
interface FailedAttempt {
    readonly error: SpeechError;
    readonly attempt: number;
    readonly paid: boolean;
    readonly remainingMs?: number;
    readonly spareRepeats?: number;
}
interface FallbackEvent {
    readonly type: 'fallback';
    readonly vendor: string;
    readonly to: 'job';
    readonly because: string;
}
type FirstBytes = 'float32' | 'wav' | 'not-audio';
interface Float32Frames {
    readonly leftover: number;
    push(frame: Uint8Array): Float32Array;
}
interface GiveUpEvent {
    readonly type: 'give-up';
    readonly vendor: string;
    readonly because: SpeechErrorKind;
    readonly reason: GiveUpReason;
}
type GiveUpReason = 'final' | 'paid' | 'tries' | 'hint' | 'deadline' | 'load' | 'breaker';
interface HandshakeRefusal {
    readonly status: number;
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
    readonly body: string;
}
type HealthEvent = {
    readonly type: 'asked' | 'answered';
} | {
    readonly type: 'failed' | 'repeated';
    readonly kind: SpeechErrorKind;
};
interface HeldEvent {
    readonly type: 'held';
    readonly vendor: string;
    readonly by: 'slot' | 'minute' | 'queue';
    readonly position?: number;
    readonly delayMs?: number;
}
interface Http {
    request<T>(call: HttpCall, read: ReadResponse<T>): Promise<T>;
}
interface HttpCall {
    readonly url: string;
    readonly query?: Readonly<Record<string, string | number | undefined>>;
    readonly json?: unknown;
    readonly method?: 'get' | 'post';
    readonly headers?: Readonly<Record<string, string>>;
    readonly onDoubt?: (inDoubt: boolean) => void;
    readonly pace?: Pace;
    readonly slots?: SlotHolder;
    readonly paid?: boolean;
    readonly signal?: AbortSignal | undefined;
}
interface HttpOptions {
    readonly vendor: string;
    readonly baseUrl: string | (() => string);
    readonly headers: Readonly<Record<string, string>>;
    readonly parseError: (exchange: FailedExchange) => SpeechError;
    readonly redact?: KeyRedactor | undefined;
    readonly fetch?: typeof globalThis.fetch | undefined;
    readonly timeouts: Timeouts;
    readonly retry: RetryOptions;
    readonly account: Account;
    readonly emit: (event: ClientEvent) => void;
    readonly relay?: RelayLink | undefined;
}
interface HttpPieces {
    readonly speech: HttpSpeech;
    readonly language: string;
    readonly maxCharacters: number;
    readonly atOnce: number;
    readonly relay: RelayLink | undefined;
}
interface HttpSpeech {
    readonly vendor: string;
    readonly text: TextSource;
    readonly textMs: number;
    readonly totalMs: number;
    readonly speak: (text: string, sink: HttpSpeechSink) => Promise<{
        readonly generationId?: string | undefined;
    }>;
}
interface HttpSpeechSink {
    readonly signal: AbortSignal;
    readonly onDoubt: (inDoubt: boolean) => void;
    samples(samples: Float32Array, sampleRate: number): void;
}
interface Int16Samples {
    readonly leftover: number;
    push(bytes: Uint8Array): Float32Array;
}
interface MinuteWindowOptions {
    readonly limit: number;
    readonly onHeld: (delayMs: number) => void;
    readonly now?: () => number;
    readonly epochMs?: () => number;
}
interface OpenSocket {
    send(data: string): void;
    close(): void;
}
type OptionRule = 'id' | 'text' | 'integer' | 'number' | 'boolean' | 'string' | readonly [
    number,
    number
] | readonly string[];
interface Pace {
    before(signal: AbortSignal): Promise<void>;
    after(headers: Headers): void;
}
type Pacer = (signal: AbortSignal) => Promise<void>;
interface PcmFormat {
    readonly sampleRate: number;
    readonly channels: 1;
}
interface PieceCutter {
    push(text: string): void;
    end(): void;
    take(how?: {
        readonly urgent?: boolean;
    }): string | undefined;
    readonly rest: string;
}
interface PieceSizes {
    readonly firstCharacters: number;
    readonly bestCharacters: number;
    readonly maxCharacters: number;
}
interface PieceSpeech {
    readonly vendor: string;
    readonly text: TextSource;
    readonly language?: string | undefined;
    readonly textMs: number;
    readonly sizes: PieceSizes;
    readonly wholeCharacters: number;
    readonly atOnce: number;
    readonly lookAheadMs?: number | undefined;
    readonly askMostCharacters?: ((signal: AbortSignal) => Promise<number>) | undefined;
    readonly sourceOf: (text: string) => SpeechSource;
}
type ReadResponse<T> = (response: Response, limits: Omit<BodyLimits, 'maxBytes'> & {
    readonly redact?: KeyRedactor | undefined;
}) => Promise<T>;
interface ReconciledEvent {
    readonly type: 'reconciled';
    readonly vendor: string;
    readonly found: boolean;
}
interface RelayLink {
    readonly url: string;
    session(signal: AbortSignal): Promise<string>;
    token(signal: AbortSignal): Promise<string>;
    readonly mostCharacters: (signal: AbortSignal) => Promise<number>;
    refused(): void;
    ask(path: string, signal: AbortSignal): Promise<Record<string, unknown>>;
}
interface RelayedOptions {
    readonly relay: string | URL;
    readonly relayHeaders?: () => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
    readonly apiKey?: undefined;
}
interface RetryContext {
    readonly vendor: string;
    readonly retry: RetryOptions;
    readonly account: Account;
    readonly emit: (event: ClientEvent) => void;
}
type RetryDecision = {
    readonly delayMs: number;
} | {
    readonly giveUp: GiveUpReason;
};
interface RetryOptions {
    readonly tries: number;
    readonly baseDelayMs: number;
    readonly maxDelayMs: number;
    readonly maxWaitMs: number;
    readonly breakerFailures: number;
}
interface SayOptions {
    readonly signal?: AbortSignal;
}
interface SlotHolder {
    take(signal: AbortSignal): Promise<(how: {
        readonly settled: boolean;
    }) => void>;
}
interface SlotQueueOptions {
    readonly holdMs: number;
    readonly onHeld: () => void;
}
type SocketConstructor = new (url: string, protocols?: string | string[]) => SocketLike;
interface SocketEnding {
    readonly opened: boolean;
    readonly code: number;
    readonly reason: string;
    readonly wasClean: boolean;
    readonly refusal?: HandshakeRefusal;
    readonly networkCode?: string;
    readonly thrown?: unknown;
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
interface SpeechConsumer {
    readonly interest: 'none' | 'counting' | 'reading';
    readonly unread: number;
    readonly dropped: number;
}
interface SpeechEnding {
    readonly error?: SpeechError | undefined;
    readonly billed: Billed;
    readonly generationId?: string | undefined;
    readonly audioUrl?: string | undefined;
    readonly recovered?: 'exact' | 'approximate' | undefined;
}
interface SpeechFile {
    readonly bytes: Uint8Array;
    readonly mimeType: string;
    readonly durationMs?: number;
    toBlob(): Blob;
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
    readonly mostSamples?: number | undefined;
    start(sink: SpeechSink, consumer: SpeechConsumer): void;
    taken?(): void;
    account?(): object;
    followPlayback?(bufferedMs: () => number): () => void;
    offerSocket?(ask: AskForSocket): void;
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
interface SpokenCharacters {
    readonly asked: number;
    readonly accepted: number;
}
interface SpokenPiece {
    readonly start: number;
    readonly end: number;
    readonly samples: number;
    readonly verdict: SpeechVerdict;
    readonly billed: Billed;
    readonly generationId?: string;
}
interface SpokenText extends SpeechStream {
    readonly outcome: Promise<SpokenTextOutcome>;
    readonly rest: string;
}
interface SpokenTextOutcome extends SpeechOutcome {
    readonly pieces: readonly SpokenPiece[];
    readonly characters: SpokenCharacters;
}
interface StateEvent {
    readonly type: 'state';
    readonly vendor: string;
    readonly state: StreamState;
}
type StreamState = 'gathering' | 'connecting' | 'waiting' | 'started' | 'streaming' | 'refused' | 'recovering' | 'by-job' | 'ended';
interface TextListener {
    readonly vendor: string;
    readonly textMs: number;
    text(text: string): Promise<void> | undefined;
    ended(): void;
    failed(error: SpeechError): void;
}
interface TextReading {
    cancel(): void;
}
interface TextReceiver extends Pick<TextListener, 'vendor' | 'textMs' | 'failed'> {
    gathered(text: string): void;
}
type TextSource = string | Iterable<string> | AsyncIterable<string> | ReadableStream<string>;
interface Timeouts {
    readonly connectMs: number;
    readonly firstAudioMs: number;
    readonly stallMs: number;
    readonly headersMs: number;
    readonly bodyIdleMs: number;
    readonly textMs: number;
    readonly totalMs: number;
}
interface VendorConnection {
    readonly vendor: string;
    readonly url: VendorUrl;
    readonly timeouts: Timeouts;
    readonly retry: RetryOptions;
    readonly account: Account;
    readonly http: Http;
    readonly httpWith: (timeouts: Partial<Timeouts>, retry?: Partial<RetryOptions>) => Http;
    readonly emit: (event: ClientEvent) => void;
    readonly relay: RelayLink | undefined;
    readonly redact: KeyRedactor;
    readonly parseError: (exchange: FailedExchange) => SpeechError;
}
interface VendorDescription {
    readonly owner: string;
    readonly keyVariable?: string;
    readonly vendor: string;
    readonly origin: string;
    readonly apiPath: string;
    readonly headers: (apiKey: string) => Readonly<Record<string, string>>;
    readonly parseError: (exchange: FailedExchange) => SpeechError;
}
interface VendorUrl {
    readonly http: string;
    readonly socket: string;
}
interface Voice {
    readonly vendor: string;
    readonly limits: VoiceLimits;
    say(text: TextSource, options?: VoiceSayOptions): SpokenText;
}
interface VoiceLimits {
    readonly minCharacters: number;
    readonly maxCharacters: number;
}
interface VoiceSayOptions extends SayOptions {
    readonly language?: string;
    readonly lookAheadMs?: number;
}
interface WaitEvent {
    readonly type: 'wait';
    readonly vendor: string;
    readonly delayMs: number;
    readonly because: SpeechErrorKind;
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
declare const brokenSocketAdvice: string | undefined;
declare function checkApiKey(owner: string, { apiKey, dangerouslyAllowBrowser }: {
    apiKey?: unknown;
    dangerouslyAllowBrowser?: boolean | undefined;
}, variable?: string): void;
declare function checkOptions(options: object, rules: Readonly<Record<string, OptionRule>>, path?: string): void;
declare function connectVendor(options: ClientOptions, description: VendorDescription): VendorConnection;
declare function createAccount(vendor: string, breakerFailures: number, now?: () => number): Account;
declare function createFloat32Frames(): Float32Frames;
declare const createHttp: (options: HttpOptions) => Http;
declare const createHttpSpeech: (speech: HttpSpeech, signal?: AbortSignal) => SpeechStream;
declare function createInt16Samples(): Int16Samples;
declare function createMinuteWindow(options: MinuteWindowOptions): Pace;
declare function createPacer(gapMs: number, now?: () => number): Pacer;
declare function createPieceCutter(options: PieceSizes & {
    readonly language?: string;
}): PieceCutter;
declare function createSlotQueue({ holdMs, onHeld }: SlotQueueOptions): SlotHolder;
declare const createSpeechFile: (bytes: Uint8Array, mimeType: string, durationMs?: number) => SpeechFile;
declare function createSpeechStream(source: SpeechSource, signal?: AbortSignal): SpeechStream;
declare function createWavDecoder(): WavDecoder;
declare function decideRetry(failed: FailedAttempt, retry: RetryOptions, random?: () => number): RetryDecision;
declare const defaultRetry: RetryOptions;
declare const defaultTimeouts: Timeouts;
declare function failedSpeech(vendor: string, thrown: unknown): SpeechError;
declare const fieldsOf: (value: unknown) => Readonly<Record<string, unknown>>;
declare const firstBytesNeeded = 4;
declare function gatherText(source: TextSource, receiver: TextReceiver): TextReading;
declare function inspectAudioFile(bytes: Uint8Array, formats: readonly AudioInspector[]): AudioFileFacts | undefined;
declare function inspectMp3(bytes: Uint8Array): AudioFileFacts | undefined;
declare function inspectOgg(bytes: Uint8Array): AudioFileFacts | undefined;
declare function inspectOtherAudio(bytes: Uint8Array): AudioFileFacts | undefined;
declare function inspectWav(bytes: Uint8Array): AudioFileFacts | undefined;
declare const isId: (value: unknown) => value is string;
declare const isInPieces: (value: unknown) => boolean;
declare function joinBytes(first: Uint8Array, second: Uint8Array): Uint8Array;
declare const looksLikeText: (bytes: Uint8Array) => boolean;
declare const mostSamplesOf: (characters: number) => number;
declare const newAccount: AccountHealth;
declare function nextHealth(health: AccountHealth, event: HealthEvent, nowMs: number, breakerFailures: number): AccountHealth;
declare const numberOf: (value: unknown) => number | undefined;
declare function ofRelay(error: SpeechError, url: string, body?: unknown): SpeechError;
declare function onceAccepted<T>(generationId: string, work: () => Promise<T>): Promise<T>;
declare function openSocket(url: string, handlers: SocketHandlers, Constructor?: SocketConstructor, protocols?: readonly string[]): OpenSocket;
declare function parseUrl(url: string | URL, base?: string): URL | undefined;
declare function parsedJson(text: unknown): unknown;
declare function poll<T>(ask: () => Promise<T | undefined>, signal: AbortSignal): Promise<T>;
declare function present<T extends object>(members: T): {
    [K in keyof T]?: Exclude<T[K], undefined>;
};
declare function readBody(response: Response, { signal, idleMs, maxBytes }: BodyLimits): AsyncGenerator<Uint8Array>;
declare function readBytes(response: Response, limits: BodyLimits): Promise<Uint8Array>;
declare function readJson(vendor: string, response: Response, { redact, ...limits }: Omit<BodyLimits, 'maxBytes'> & Partial<BodyLimits> & {
    readonly redact?: KeyRedactor | undefined;
}): Promise<unknown>;
declare const rebilled: (error: SpeechError, billed: SpeechError["billed"], generationId?: string | undefined) => SpeechError;
declare function recogniseFirstBytes(bytes: Uint8Array): FirstBytes;
declare const redactJson: (value: unknown, redact: KeyRedactor) => unknown;
declare const sayOverHttp: ({ speech, language, maxCharacters, atOnce, relay }: HttpPieces, { signal, language: spoken, lookAheadMs }?: VoiceSayOptions) => SpokenText;
declare function sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
declare function speakPieces(speech: PieceSpeech, signal?: AbortSignal): SpokenText;
declare function splitSentences(text: string, language?: string): string[];
declare function startDeadline(afterMs: number, onPassed: () => void, now?: () => number): Deadline;
declare function tellListener<T>(listener: ((told: T) => unknown) | undefined, told: T): void;
declare const textOf: (value: unknown) => string | undefined;
declare function vendorUrl(baseUrl: string, apiPath: string): VendorUrl;
declare const whyRefused: ExplainRefusal;
declare function withRetries<T>({ vendor, retry, account, emit }: RetryContext, attempts: Attempts<T>): Promise<T>;
declare function withinCall<T>({ vendor, timeouts, leftMs, isInDoubt }: CallContext, caller: AbortSignal | undefined, work: (signal: AbortSignal, remainingMs: () => number) => Promise<T>): Promise<T>;
declare function writeWav(chunks: readonly Float32Array[], sampleRate: number): Uint8Array;
export type {
    Account,
    AccountHealth,
    AskForSocket,
    AttemptEvent,
    Attempts,
    AudioFileFacts,
    AudioInspector,
    Billed,
    BodyFailure,
    BodyLimits,
    ClientEvent,
    ClientOptions,
    CommonOptions,
    CreditsEvent,
    Deadline,
    DirectOptions,
    ExplainRefusal,
    FailedAttempt,
    FallbackEvent,
    FirstBytes,
    Float32Frames,
    GiveUpEvent,
    GiveUpReason,
    HandshakeRefusal,
    HealthEvent,
    HeldEvent,
    Http,
    HttpCall,
    HttpOptions,
    HttpPieces,
    HttpSpeech,
    HttpSpeechSink,
    Int16Samples,
    MinuteWindowOptions,
    OpenSocket,
    OptionRule,
    Pace,
    Pacer,
    PcmFormat,
    PieceCutter,
    PieceSizes,
    PieceSpeech,
    ReadResponse,
    ReconciledEvent,
    RelayLink,
    RelayedOptions,
    RetryContext,
    RetryDecision,
    RetryOptions,
    SayOptions,
    SlotHolder,
    SlotQueueOptions,
    SocketConstructor,
    SocketEnding,
    SocketEvent,
    SocketHandlers,
    SocketLike,
    SpeechConsumer,
    SpeechEnding,
    SpeechFile,
    SpeechOutcome,
    SpeechSink,
    SpeechSource,
    SpeechStream,
    SpeechVerdict,
    SpokenCharacters,
    SpokenPiece,
    SpokenText,
    SpokenTextOutcome,
    StateEvent,
    StreamState,
    TextListener,
    TextReading,
    TextReceiver,
    TextSource,
    Timeouts,
    VendorConnection,
    VendorDescription,
    VendorUrl,
    Voice,
    VoiceLimits,
    VoiceSayOptions,
    WaitEvent,
    WavDecoder,
    WavFormat
};
export {
    BodyReadError,
    WavError,
    brokenSocketAdvice,
    checkApiKey,
    checkOptions,
    connectVendor,
    createAccount,
    createFloat32Frames,
    createHttp,
    createHttpSpeech,
    createInt16Samples,
    createMinuteWindow,
    createPacer,
    createPieceCutter,
    createSlotQueue,
    createSpeechFile,
    createSpeechStream,
    createWavDecoder,
    decideRetry,
    defaultRetry,
    defaultTimeouts,
    failedSpeech,
    fieldsOf,
    firstBytesNeeded,
    gatherText,
    inspectAudioFile,
    inspectMp3,
    inspectOgg,
    inspectOtherAudio,
    inspectWav,
    isId,
    isInPieces,
    joinBytes,
    looksLikeText,
    mostSamplesOf,
    newAccount,
    nextHealth,
    numberOf,
    ofRelay,
    onceAccepted,
    openSocket,
    parseUrl,
    parsedJson,
    poll,
    present,
    readBody,
    readBytes,
    readJson,
    rebilled,
    recogniseFirstBytes,
    redactJson,
    sayOverHttp,
    sleep,
    speakPieces,
    splitSentences,
    startDeadline,
    tellListener,
    textOf,
    vendorUrl,
    whyRefused,
    withRetries,
    withinCall,
    writeWav
};
