// Everything that the packages export, so that no name can be missing here. Of the core, which clients of vendors are built
// with, only what its users meet.
export * from '@saystream/audixa';
export type {
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
  VoiceSayOptions,
} from '@saystream/core';
export * from '@saystream/errors';
export * from '@saystream/moknah';
export * from '@saystream/player';
export * from '@saystream/sauti';
