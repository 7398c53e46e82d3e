export { checkApiKey } from './access/api-key-browser.ts';
export { vendorUrl, type VendorUrl } from './access/vendor-url.ts';
export { firstBytesNeeded, recogniseFirstBytes, type FirstBytes } from './audio/first-bytes.ts';
export { createFloat32Frames, type Float32Frames } from './audio/float32-frames.ts';
export { inspectAudioFile, looksLikeText, type AudioFileFacts, type AudioInspector } from './audio/inspect-audio-file.ts';
export { inspectMp3 } from './audio/inspect-mp3.ts';
export { inspectOgg } from './audio/inspect-ogg.ts';
export { inspectOtherAudio } from './audio/inspect-other-audio.ts';
export { inspectWav } from './audio/inspect-wav.ts';
export { createInt16Samples, type Int16Samples } from './audio/int16-samples.ts';
export { joinBytes } from './audio/join-bytes.ts';
export { createSpeechFile, type SpeechFile } from './audio/speech-file.ts';
export { createWavDecoder, type WavDecoder } from './audio/wav-decoder.ts';
export { WavError, type WavFormat } from './audio/wav-header.ts';
export { writeWav } from './audio/write-wav.ts';
export { checkOptions, isId, type OptionRule } from './check-options.ts';
export {
  defaultRetry,
  defaultTimeouts,
  type AttemptEvent,
  type ClientEvent,
  type ClientOptions,
  type CommonOptions,
  type CreditsEvent,
  type DirectOptions,
  type FallbackEvent,
  type GiveUpEvent,
  type HeldEvent,
  type ReconciledEvent,
  type RelayedOptions,
  type RetryOptions,
  type StateEvent,
  type StreamState,
  type Timeouts,
  type WaitEvent,
} from './client-options.ts';
export { connectVendor, type VendorConnection, type VendorDescription } from './connect-vendor.ts';
export { createHttp } from './http/create-http.ts';
export type { Http, HttpCall, HttpOptions, Pace, ReadResponse, SlotHolder } from './http/http-call.ts';
export { parseUrl } from './http/follow-redirects.ts';
export { onceAccepted, rebilled } from './http/once-accepted.ts';
export { BodyReadError, readBody, readBytes, type BodyFailure, type BodyLimits } from './http/read-body.ts';
export { readJson } from './http/read-json.ts';
export { redactJson } from './http/redact-exchange.ts';
export { withinCall } from './http/within-call.ts';
export { fieldsOf, numberOf, parsedJson, textOf } from './json-fields.ts';
export { createMinuteWindow, type MinuteWindowOptions } from './limits/minute-window.ts';
export { createSlotQueue, type SlotQueueOptions } from './limits/slot-queue.ts';
export { present } from './present.ts';
export { ofRelay } from './relay/of-relay.ts';
export type { RelayLink } from './relay/relay-link.ts';
export {
  createAccount,
  newAccount,
  nextHealth,
  type Account,
  type AccountHealth,
  type HealthEvent,
} from './retry/account-health.ts';
export { decideRetry, type FailedAttempt, type GiveUpReason, type RetryDecision } from './retry/retry-policy.ts';
export { withRetries, type Attempts, type RetryContext } from './retry/with-retries.ts';
export {
  brokenSocketAdvice,
  openSocket,
  whyRefused,
  type OpenSocket,
  type SocketEnding,
  type SocketHandlers,
} from './socket/open-socket.ts';
export type { ExplainRefusal, HandshakeRefusal, SocketConstructor, SocketEvent, SocketLike } from './socket/socket-like.ts';
export {
  type AskForSocket,
  createSpeechStream,
  type SpeechConsumer,
  type SpeechSink,
  type SpeechSource,
} from './stream/create-speech-stream.ts';
export { failedSpeech } from './stream/failed-speech.ts';
export { mostSamplesOf } from './stream/most-samples.ts';
export { tellListener } from './tell-listener.ts';
export { isInPieces, type TextSource } from './stream/text-source.ts';
export { gatherText, type TextReceiver } from './stream/gather-text.ts';
export { createHttpSpeech, type HttpSpeech, type HttpSpeechSink } from './stream/http-speech.ts';
export type { TextListener, TextReading } from './stream/read-text.ts';
export type { PieceSpeech } from './stream/piece-speech.ts';
export { sayOverHttp, type HttpPieces } from './stream/say-over-http.ts';
export { speakPieces } from './stream/speak-pieces.ts';
export type { SpeechEnding } from './stream/speech-ending.ts';
export type { SpokenCharacters, SpokenPiece, SpokenText, SpokenTextOutcome } from './stream/spoken-text.ts';
export type { Billed, PcmFormat, SpeechOutcome, SpeechStream, SpeechVerdict } from './stream/speech-stream.ts';
export { createPieceCutter, type PieceCutter, type PieceSizes } from './text/piece-cutter.ts';
export { splitSentences } from './text/split-sentences.ts';
export { startDeadline, type Deadline } from './timing/deadline.ts';
export { createPacer, type Pacer } from './timing/pacer.ts';
export { poll } from './timing/poll.ts';
export { sleep } from './timing/sleep.ts';
export type { SayOptions, Voice, VoiceLimits, VoiceSayOptions } from './voice.ts';
