interface AudioFile {
    readonly bytes: Uint8Array;
    readonly mimeType: string;
}
type EncodedSource = Response | Blob | ReadableStream<Uint8Array> | AudioFile;
type PcmCommand = 'pause' | 'resume' | 'stop' | 'seek';
type PcmPhase = 'buffering' | 'playing' | 'pausing' | 'paused' | 'seeking' | 'starving' | 'stopping' | 'stopped' | 'drained';
interface PcmSettings {
    readonly sampleRate: number;
    readonly prebufferSamples: number | undefined;
    readonly rampSamples: number;
    readonly keptSamples: number;
    readonly rate?: number;
}
interface PcmSource extends AsyncIterable<Float32Array> {
    readonly format: PcmSourceFormat | PromiseLike<PcmSourceFormat>;
    cancel?(reason?: unknown): void;
}
interface PcmSourceFormat {
    readonly sampleRate: number;
    readonly channels?: 1;
}
interface PcmSourceRequest {
    readonly samples?: Float32Array;
    readonly at?: number;
    readonly cameMs?: number;
    readonly ended?: boolean;
    readonly command?: PcmCommand;
    readonly to?: number | undefined;
    readonly rate?: number;
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
interface PlaybackRecording {
    readonly version: number;
    readonly facts: RecordingFacts;
    readonly sampleRate: number;
    readonly isCut: boolean;
    readonly blockFrames: number;
    readonly clock: {
        readonly first: number;
        readonly steps: readonly (readonly [
            frames: number,
            times: number
        ])[];
    };
    readonly sources: readonly RecordedSource[];
    readonly requests: readonly (readonly [
        block: number,
        source: number,
        request: RecordedRequest
    ])[];
    readonly outcome: RecordedOutcome;
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
interface RecordedOutcome {
    readonly statuses: readonly RecordedStatus[];
    readonly reports: number;
    readonly digest: number;
}
type RecordedRequest = Omit<PcmSourceRequest, 'samples'> & {
    readonly samples?: number;
};
interface RecordedSource {
    readonly block: number;
    readonly settings: {
        readonly [Name in keyof PcmSettings]: PcmSettings[Name] | null;
    };
    readonly jumps: readonly number[];
    readonly samples?: string;
}
interface RecordedStatus {
    readonly source: number;
    readonly phase: PcmPhase;
    readonly frame: number;
    readonly samples: number;
    readonly rate: number;
    readonly played: number;
    readonly received: number;
    readonly seeks: number;
    readonly underruns: number;
    readonly concealedSamples: number;
}
interface RecordingFacts {
    readonly recordedAt: string;
    readonly userAgent: string;
    readonly messages: string;
    readonly state: PlaybackState;
    readonly latencyMs: number;
    readonly report?: Readonly<Record<string, string | number>>;
}
interface RecordingPlayer extends Player {
    recording(options?: {
        readonly samples?: boolean;
    }): Promise<PlaybackRecording | undefined>;
}
type SocketWorkerUse = 'auto' | 'always' | 'never';
declare function createRecordingPlayer(options?: PlayerOptions): RecordingPlayer;
export type {
    PlaybackRecording,
    RecordedOutcome,
    RecordedRequest,
    RecordedSource,
    RecordedStatus,
    RecordingFacts,
    RecordingPlayer
};
export {
    createRecordingPlayer
};
