export {
  createAudixa,
  type AudixaClient,
  type AudixaGeneration,
  type AudixaOptions,
  type AudixaRequest,
  type AudixaVoiceInfo,
  type AudixaVoiceOptions,
  type AudixaVoicesQuery,
} from '@saystream/audixa';
export type {
  ClientEvent,
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
