export { createAudixa, type AudixaClient, type AudixaGenerateOptions, type AudixaJobRequest } from './audixa-client.ts';
export type { AudixaOptions } from './audixa-connection.ts';
export type { AudixaGeneration, AudixaStatus } from './audixa-generation.ts';
export type { AudixaHistoryQuery } from './audixa-history.ts';
export type { AudixaRequest, AudixaVoiceOptions } from './audixa-request.ts';
export type { AudixaVoiceInfo, AudixaVoicesQuery } from './audixa-voices.ts';
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
