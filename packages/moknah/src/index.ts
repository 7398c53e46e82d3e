export { createMoknah, type MoknahClient, type MoknahFileRequest } from './moknah-client.ts';
export type { MoknahOptions } from './moknah-connection.ts';
export type { MoknahOutputFormat, MoknahRequest, MoknahVoiceOptions, MoknahVoiceSettings } from './moknah-request.ts';
export type { MoknahCredits, MoknahFile } from './moknah-synthesis.ts';
export type { MoknahVoiceInfo, MoknahVoicesQuery } from './moknah-voices.ts';
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
