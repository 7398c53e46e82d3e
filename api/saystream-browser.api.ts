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
export {
    AudixaClient,
    AudixaGenerateOptions,
    AudixaGeneration,
    AudixaHistoryQuery,
    AudixaJobRequest,
    AudixaOptions,
    AudixaRequest,
    AudixaVoiceInfo,
    AudixaVoiceOptions,
    AudixaVoicesQuery,
    createAudixa
} from '@saystream/audixa';
export {
    AudixaClose,
    FailedExchange,
    FieldProblem,
    HeadersLike,
    SpeechError,
    SpeechErrorFacts,
    SpeechErrorKind,
    StreamPhase,
    explainAudixaClose,
    isSpeechError,
    parseAudixaError,
    parseMoknahError,
    parseProblemDetails,
    parseSautiError,
    readFailedExchange,
    speechErrorKinds,
    waitHint
} from '@saystream/errors';
export {
    ClientEvent,
    PcmFormat,
    RetryOptions,
    SayOptions,
    SpeechFile,
    SpeechOutcome,
    SpeechStream,
    SpeechVerdict,
    Timeouts,
    Voice,
    VoiceLimits
} from '@saystream/core';
export {
    MoknahClient,
    MoknahCredits,
    MoknahFile,
    MoknahFileRequest,
    MoknahOptions,
    MoknahOutputFormat,
    MoknahRequest,
    MoknahVoiceInfo,
    MoknahVoiceOptions,
    MoknahVoiceSettings,
    MoknahVoicesQuery,
    createMoknah
} from '@saystream/moknah';
export {
    PlayOptions,
    Playback,
    PlaybackReport,
    PlaybackState,
    Player,
    PlayerOptions,
    createPlayer
} from '@saystream/player';
export {
    SautiClient,
    SautiFileRequest,
    SautiGenerateOptions,
    SautiJob,
    SautiOptions,
    SautiRequest,
    SautiVoiceInfo,
    SautiVoiceOptions,
    SautiVoiceSettings,
    SautiVoicesQuery,
    createSauti
} from '@saystream/sauti';
export {
    defineSayStream,
    diagnose
};
