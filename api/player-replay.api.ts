type PcmCommand = 'pause' | 'resume' | 'stop' | 'seek';
type PcmPhase = 'buffering' | 'playing' | 'pausing' | 'paused' | 'seeking' | 'starving' | 'stopping' | 'stopped' | 'drained';
interface PcmSettings {
    readonly sampleRate: number;
    readonly prebufferSamples: number | undefined;
    readonly rampSamples: number;
    readonly keptSamples: number;
    readonly rate?: number;
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
interface PlaybackReplay {
    readonly outcome: RecordedOutcome;
    readonly rendered?: Float32Array;
}
type PlaybackState = 'waiting' | 'buffering' | 'playing' | 'paused' | 'ended' | 'stopped' | 'failed';
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
declare function replayRecording(recording: PlaybackRecording): PlaybackReplay;
export type {
    PlaybackRecording,
    PlaybackReplay,
    RecordedOutcome,
    RecordedRequest,
    RecordedSource,
    RecordedStatus,
    RecordingFacts
};
export {
    replayRecording
};
