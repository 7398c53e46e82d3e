interface DiagnoseOptions {
    readonly relay?: string | URL;
    readonly vendor?: string;
    readonly workletUrl?: string | URL;
    readonly workerUrl?: string | URL;
}
type DoctorCheck = 'secure-context' | 'worklet' | 'worker' | 'autoplay' | 'sample-rate' | 'codecs' | 'relay' | 'socket';
interface Finding {
    readonly check: DoctorCheck;
    readonly verdict: 'ok' | 'warning' | 'broken';
    readonly found: string;
    readonly fix: string;
}
declare function defineSayStream(name?: string): Promise<void>;
declare function diagnose(options?: DiagnoseOptions): Promise<Finding[]>;
export * from '@saystream/audixa';
export * from '@saystream/errors';
export * from '@saystream/moknah';
export * from '@saystream/player';
export * from '@saystream/sauti';
export {
    ClientEvent,
    ClientOptions,
    PcmFormat,
    RetryOptions,
    SayOptions,
    SpeechFile,
    SpeechOutcome,
    SpeechStream,
    SpeechVerdict,
    SpokenPiece,
    SpokenText,
    SpokenTextOutcome,
    Timeouts,
    Voice,
    VoiceLimits,
    VoiceSayOptions
} from '@saystream/core';
export {
    defineSayStream,
    diagnose
};
