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
    readonly kind: string;
    readonly vendor: string;
    readonly fields: readonly {
        path: string;
        message: string;
    }[];
    readonly retryable: boolean;
    readonly billed: 'no' | 'unknown' | 'yes';
    readonly advice: string;
}
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
type SocketWorkerUse = 'auto' | 'always' | 'never';
declare function createPlayer(options?: PlayerOptions): Player;
declare function pcmSourceOf(source: EncodedSource, { mimeType }?: PcmSourceOptions): PcmSource;
declare function saveWav(source: PcmSource | EncodedSource): Promise<Uint8Array<ArrayBuffer>>;
declare function toMediaStream(player: Pick<Player, 'analyser'>): MediaStream;
declare function toWav(samples: Float32Array | readonly Float32Array[], sampleRate: number): Uint8Array<ArrayBuffer>;
export type {
    AudioFile,
    EncodedSource,
    PcmSource,
    PcmSourceFormat,
    PcmSourceOptions,
    PlayOptions,
    Playback,
    PlaybackError,
    PlaybackReport,
    PlaybackState,
    PlaybackStats,
    Player,
    PlayerOptions
};
export {
    createPlayer,
    pcmSourceOf,
    saveWav,
    toMediaStream,
    toWav
};
