export { createSauti, type SautiClient, type SautiFileRequest, type SautiGenerateOptions } from './sauti-client.ts';
export type { SautiOptions } from './sauti-connection.ts';
export type { SautiJob, SautiStatus } from './sauti-jobs.ts';
export type { SautiRequest, SautiVoiceOptions, SautiVoiceSettings } from './sauti-request.ts';
export type { SautiVoiceInfo, SautiVoicesQuery } from './sauti-voices.ts';
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
