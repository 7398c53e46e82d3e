export { explainAudixaClose, type AudixaClose } from './audixa-close-codes.ts';
export type { FailedExchange, HeadersLike } from './failed-exchange.ts';
export { parseAudixaError } from './parse-audixa-error.ts';
export { readFailedExchange } from './read-failed-exchange.ts';
export {
  isSpeechError,
  SpeechError,
  type CloseFacts,
  type Credits,
  type FieldProblem,
  type SpeechErrorFacts,
  type StreamPhase,
} from './speech-error.ts';
export { speechErrorKinds, type SpeechErrorKind } from './speech-error-kind.ts';
export { waitHint } from './wait-hint.ts';
