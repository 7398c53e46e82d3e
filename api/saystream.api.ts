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
