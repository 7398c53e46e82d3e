interface AudioFile {
    readonly bytes: Uint8Array;
    readonly mimeType: string;
}
type EncodedSource = Response | Blob | ReadableStream<Uint8Array> | AudioFile;
interface PcmSource extends AsyncIterable<Float32Array> {
    readonly format: PcmSourceFormat | PromiseLike<PcmSourceFormat>;
    cancel?(reason?: unknown): void;
}
interface PcmSourceFormat {
    readonly sampleRate: number;
    readonly channels?: 1;
}
interface PcmSourceOptions {
    readonly mimeType?: string;
}
interface PlayOptions {
    readonly signal?: AbortSignal;
    readonly enqueue?: boolean;
}
interface Playback extends EventTarget {
    readonly state: PlaybackState;
    readonly currentTime: number;
    readonly bufferedMs: number;
    readonly done: Promise<PlaybackReport>;
    pause(): void;
    resume(): void;
    seek(seconds: number): number;
    interrupt(): {
        readonly heardMs: number;
    };
    readonly stats: PlaybackStats;
    stop(): void;
}
interface PlaybackError extends Error {
    readonly kind: PlaybackErrorKind;
    readonly vendor: string;
    readonly fields: readonly {
        path: string;
        message: string;
    }[];
    readonly retryable: boolean;
    readonly billed: 'no' | 'unknown' | 'yes';
    readonly advice: string;
    readonly status?: number;
}
type PlaybackErrorKind = 'invalid-request' | 'unauthorized' | 'insufficient-credits' | 'forbidden' | 'not-found' | 'not-ready' | 'busy' | 'conflict' | 'too-large' | 'rate-limited' | 'vendor-fault' | 'unavailable' | 'generation-failed' | 'truncated' | 'not-audio' | 'bad-response' | 'connection-lost' | 'unreachable' | 'timeout' | 'aborted' | 'playback-blocked' | 'unknown';
interface PlaybackReport {
    readonly verdict: 'completed' | 'cancelled' | 'truncated' | 'failed';
    readonly heardMs: number;
    readonly timeToSoundMs?: number;
    readonly underruns: number;
    readonly concealedMs: number;
    readonly rebufferMs: number;
    readonly latencyMs: number;
    readonly error?: PlaybackError;
}
type PlaybackState = 'waiting' | 'buffering' | 'playing' | 'paused' | 'ended' | 'stopped' | 'failed';
interface PlaybackStats {
    readonly bufferedMs: number;
    readonly receivedMs: number;
    readonly latencyMs: number;
    readonly underruns: number;
    readonly concealedMs: number;
    readonly rebufferMs: number;
}
interface Player {
    play(source: PcmSource | EncodedSource, options?: PlayOptions): Playback;
    volume: number;
    muted: boolean;
    playbackRate: number;
    setOutputDevice(id: string): Promise<void>;
    readonly analyser: AnalyserNode;
    unlock(): Promise<void>;
    close(): Promise<void>;
}
interface PlayerOptions {
    readonly workletUrl?: string | URL;
    readonly workerUrl?: string | URL;
    readonly worker?: SocketWorkerUse;
    readonly volume?: number;
    readonly playbackRate?: number;
    readonly prebufferMs?: number | 'adaptive';
}
interface SocketJob {
    readonly url: string;
    readonly protocols: string | string[] | undefined;
    readonly encoding: WireEncoding;
    readonly page: MessagePort;
    readonly sound: MessagePort;
}
interface SocketWorker {
    socketClass(encoding: WireEncoding, connect: (port: MessagePort) => void): WorkerSocketConstructor;
    terminate(): void;
}
type SocketWorkerUse = 'auto' | 'always' | 'never';
type WavBytes = ReturnType<Uint8Array['slice']>;
type WireEncoding = 'f32le' | 's16le';
declare class WorkerSocket extends EventTarget {
    #private;
    binaryType: string;
    protocol: string;
    readyState: number;
    readonly url: string;
    constructor(worker: Worker, job: Omit<SocketJob, 'page'>);
    send(data: string): void;
    close(code?: number, reason?: string): void;
}
type WorkerSocketConstructor = new (url: string, protocols?: string | string[]) => WorkerSocket;
declare namespace __loading_ts {
    export { __loading_ts_socketsIn as socketsIn, __loading_ts_startFromBlob as startFromBlob, __loading_ts_startFromFile as startFromFile, __loading_ts_workletFile as workletFile, };
}
declare const __loading_ts_socketsIn: typeof socketsIn;
declare const __loading_ts_startFromBlob: typeof startFromBlob;
declare const __loading_ts_startFromFile: typeof startFromFile;
declare const __loading_ts_workletFile: typeof workletFile;
declare function createPlayer(options?: PlayerOptions): Player;
declare function pcmSourceOf(source: EncodedSource, options?: PcmSourceOptions): PcmSource;
declare const playerLoading: () => Promise<typeof __loading_ts>;
declare function saveWav(source: PcmSource | EncodedSource): Promise<WavBytes>;
declare function socketsIn(worker: Worker): SocketWorker;
declare function startFromBlob(): Promise<Worker>;
declare function startFromFile(workerUrl: string | URL | undefined): Promise<Worker>;
declare function toMediaStream(player: Pick<Player, 'analyser'>): MediaStream;
declare function toWav(samples: Float32Array | readonly Float32Array[], sampleRate: number): WavBytes;
declare const workletFile: () => URL;
export type {
    AudioFile,
    EncodedSource,
    PcmSource,
    PcmSourceFormat,
    PcmSourceOptions,
    PlayOptions,
    Playback,
    PlaybackError,
    PlaybackErrorKind,
    PlaybackReport,
    PlaybackState,
    PlaybackStats,
    Player,
    PlayerOptions,
    SocketWorker,
    WireEncoding,
    WorkerSocketConstructor
};
export {
    createPlayer,
    pcmSourceOf,
    playerLoading,
    saveWav,
    toMediaStream,
    toWav
};
