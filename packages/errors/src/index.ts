export { audioAddressMembers, readAudioAddress } from './audio-address.ts';
export { explainAudixaClose, type AudixaClose } from './audixa-close-codes.ts';
export type { ExchangeLike, FailedExchange, HeadersLike, NodeExchange, ThrownExchange } from './failed-exchange.ts';
export { createKeyRedactor, type KeyRedactor } from './key-redactor.ts';
export { parseAudixaError } from './parse-audixa-error.ts';
export { parseMoknahError } from './parse-moknah-error.ts';
export { parseProblemDetails } from './parse-problem-details.ts';
export { parseSautiError } from './parse-sauti-error.ts';
export { readFailedExchange, type ReadLimits } from './read-failed-exchange.ts';
export { speechErrorKinds, type SpeechErrorKind } from './speech-error-kind.ts';
export {
  isSpeechError,
  SpeechError,
  type FieldProblem,
  type NarrowingSpeechError,
  type SocketClose,
  type SpeechCredits,
  type SpeechErrorFacts,
  type SpeechErrorOf,
  type SpeechTimeLimit,
  type StreamPhase,
} from './speech-error.ts';
export { beganByServer, isMadeSince } from './server-clock.ts';
export { waitHint } from './wait-hint.ts';
