export {
    AudixaClient,
    AudixaGeneration,
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
    SpeechOutcome,
    SpeechStream,
    SpeechVerdict,
    Timeouts,
    Voice,
    VoiceLimits
} from '@saystream/core';
export {
    PlayOptions,
    Playback,
    PlaybackReport,
    PlaybackState,
    Player,
    PlayerOptions,
    createPlayer
} from '@saystream/player';
