export { checkApiKey } from './access/api-key-browser.ts';
export { vendorUrl, type VendorUrl } from './access/vendor-url.ts';
export { firstBytesNeeded, recogniseFirstBytes, type FirstBytes } from './audio/first-bytes.ts';
export { createFloat32Frames, type Float32Frames } from './audio/float32-frames.ts';
export { joinBytes } from './audio/join-bytes.ts';
export { createWavDecoder, WavError, type WavDecoder, type WavFormat } from './audio/wav-decoder.ts';
export { writeWav } from './audio/write-wav.ts';
export {
  defaultRetry,
  defaultTimeouts,
  type AttemptEvent,
  type ClientEvent,
  type ClientOptions,
  type RetryOptions,
  type StateEvent,
  type Timeouts,
  type WaitEvent,
} from './client-options.ts';
export { createHttp, type Http, type HttpCall, type HttpOptions, type ReadResponse } from './http/create-http.ts';
export { BodyReadError, readBody, readBytes, type BodyFailure, type BodyLimits } from './http/read-body.ts';
export { readJson } from './http/read-json.ts';
export { retryDelayMs, type FailedAttempt } from './retry/retry-policy.ts';
export { openSocket, type OpenSocket, type SocketEnding, type SocketHandlers } from './socket/open-socket.ts';
export type { HandshakeRefusal, SocketConstructor, SocketEvent, SocketLike } from './socket/socket-like.ts';
export { createSpeechStream, type SpeechSink, type SpeechSource } from './stream/create-speech-stream.ts';
export type { SpeechEnding } from './stream/speech-ending.ts';
export type { Billed, PcmFormat, SpeechOutcome, SpeechStream, SpeechVerdict } from './stream/speech-stream.ts';
export { startDeadline, type Deadline } from './timing/deadline.ts';
export { sleep } from './timing/sleep.ts';
export type { SayOptions, Voice, VoiceLimits } from './voice.ts';
