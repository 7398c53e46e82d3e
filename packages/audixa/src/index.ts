export { createAudixa, type AudixaClient, type AudixaOptions } from './audixa-client.ts';
export type { AudixaGeneration } from './audixa-generation.ts';
export type { AudixaRequest, AudixaVoiceOptions } from './audixa-request.ts';
export type { AudixaVoiceInfo, AudixaVoicesQuery } from './audixa-voices.ts';
export type {
  ClientEvent,
  ClientOptions,
  PcmFormat,
  RetryOptions,
  SayOptions,
  SpeechOutcome,
  SpeechStream,
  SpeechVerdict,
  Timeouts,
  Voice,
  VoiceLimits,
} from '@saystream/core';
