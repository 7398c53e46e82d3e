import { explainAudixaClose, type SpeechError, type SpeechErrorKind, type StreamPhase } from '@saystream/errors';

import type { SpeechEnding } from '@saystream/core';

import { audixaError } from '../audixa-error.ts';

/**
 * The whole life of one Audixa stream. `ended` never changes: the first of error, close and `completed` wins.
 * ```
 * gathering → connecting → waiting → started → streaming → ended
 *                 │           └───────┴─ refused ─┴→ recovering ─↗
 *                 └→ by-job ─────────────────────────────────────↗
 * ```
 */
export type AudixaStreamState =
  /** The text is still being written by its source. */
  | { readonly name: 'gathering' }
  /** The socket is being dialled. `sent`: the relay has the request, and may hand it to the vendor any moment. */
  | { readonly name: 'connecting'; readonly sent?: boolean }
  /** The request was sent. */
  | { readonly name: 'waiting' }
  /** The vendor has accepted it; no audio yet. */
  | { readonly name: 'started'; readonly generationId: string | undefined }
  /** Audio is arriving. */
  | { readonly name: 'streaming'; readonly generationId: string | undefined }
  /** The vendor sent an `error` frame; the close that follows may say why. */
  | { readonly name: 'refused'; readonly phase: StreamPhase; readonly message: string; readonly generationId: string | undefined }
  /** The connection broke; the rest is being fetched from the finished file. */
  | { readonly name: 'recovering'; readonly generationId: string; readonly error: SpeechError }
  /** The relay has no sockets: a job speaks instead. It has a name once the vendor has accepted it. */
  | { readonly name: 'by-job'; readonly generationId: string | undefined }
  | { readonly name: 'ended'; readonly ending: SpeechEnding };

/** Our own time limits, as `SpeechError.limit` names them. */
type Limit = NonNullable<SpeechError['limit']>;

/** What can happen to a stream. */
export type AudixaStreamEvent =
  | { readonly type: 'gathered' }
  /** The request left for the relay, or the relay gave it back and the socket is dialled again. */
  | { readonly type: 'sent'; readonly sent: boolean }
  | { readonly type: 'opened' }
  /** The relay has no sockets. Nothing was sent. */
  | { readonly type: 'no-sockets' }
  | { readonly type: 'job-accepted'; readonly generationId: string }
  | { readonly type: 'job-done'; readonly audioUrl: string }
  | { readonly type: 'started'; readonly generationId: string | undefined }
  | { readonly type: 'audio' }
  /** `leftover`: bytes of an unfinished sample, 0–3. */
  | { readonly type: 'completed'; readonly audioUrl: string | undefined; readonly leftover: number }
  | { readonly type: 'error'; readonly message: string }
  | { readonly type: 'closed'; readonly code: number; readonly reason: string; readonly wasClean: boolean }
  /** No close explained the `error` frame in time. */
  | { readonly type: 'unexplained' }
  | { readonly type: 'limit-passed'; readonly limit: Limit; readonly afterMs: number }
  /**
   * Something outside the protocol: a refused handshake, bytes that are no audio, a text source that failed. `isFinal`: the
   * finished file would not help.
   */
  | { readonly type: 'broken'; readonly error: SpeechError; readonly isFinal?: boolean | undefined }
  | { readonly type: 'cancelled' }
  | { readonly type: 'recovered'; readonly how: 'exact' | 'approximate'; readonly audioUrl: string }
  | { readonly type: 'unrecoverable' };

/** The phase that a close is judged by. */
const phases: Readonly<Record<AudixaStreamState['name'], StreamPhase>> = {
  gathering: 'connecting',
  connecting: 'connecting',
  waiting: 'waiting',
  started: 'streaming',
  streaming: 'streaming',
  refused: 'waiting',
  recovering: 'streaming',
  'by-job': 'waiting',
  ended: 'completed',
};

/**
 * After these the job may well have finished without us: the connection, the relay (a restart is `unavailable`, a used-up limit
 * `rate-limited`) or the socket's own code failed. After the others the vendor has said no, or the relay has revoked the token.
 */
const worthRecovering = /^(truncated|connection-lost|vendor-fault|bad-response|timeout|un(available|known)|rate-limited)$/;

const generationIdOf = (state: AudixaStreamState): string | undefined =>
  'generationId' in state ? state.generationId : undefined;

/** An error about a stream in this state. Once the request has left, the vendor may have charged for it. */
function failure(state: AudixaStreamState, kind: SpeechErrorKind, message: string, limit?: Limit): SpeechError {
  const isUnsent = state.name === 'gathering' || (state.name === 'connecting' && !state.sent);
  return audixaError(kind, message, { limit, billed: isUnsent ? 'no' : 'unknown', generationId: generationIdOf(state) });
}

const failed = (state: AudixaStreamState, error: SpeechError): AudixaStreamState => ({
  name: 'ended',
  ending: { error, billed: error.billed, generationId: generationIdOf(state) ?? error.generationId },
});

const completed = (
  state: AudixaStreamState,
  audioUrl: string | undefined,
  recovered?: 'exact' | 'approximate',
): AudixaStreamState => ({
  name: 'ended',
  ending: { billed: 'yes', generationId: generationIdOf(state), audioUrl, recovered },
});

const tooLate = (state: AudixaStreamState, { limit, afterMs }: AudixaStreamEvent & { type: 'limit-passed' }): SpeechError =>
  failure(state, 'timeout', `The ${limit} limit of ${afterMs} ms passed.`, limit);

/** Ends the stream, unless the finished file can still complete it. */
function broken(state: AudixaStreamState, error: SpeechError): AudixaStreamState {
  const generationId = generationIdOf(state);
  const isRecoverable = state.name !== 'by-job' && generationId && worthRecovering.test(error.kind) && error.limit !== 'total';
  return isRecoverable ? { name: 'recovering', generationId, error } : failed(state, error);
}

function whenCompleted(
  state: AudixaStreamState,
  { audioUrl, leftover }: AudixaStreamEvent & { type: 'completed' },
): AudixaStreamState {
  if (state.name !== 'streaming') return failed(state, failure(state, 'not-audio', 'Audixa completed without any audio.'));
  if (leftover > 0) return broken(state, failure(state, 'truncated', `The stream ended ${leftover} bytes into a sample.`));
  return completed(state, audioUrl);
}

/** An `error` frame carries no code: only a message about the key, before anything started, is beyond doubt. */
function unexplained(state: AudixaStreamState & { name: 'refused' }): AudixaStreamState {
  const aboutKey = state.phase === 'waiting' && /\bapi[ _-]?key\b/i.test(state.message);
  return broken(state, failure(state, aboutKey ? 'unauthorized' : 'vendor-fault', `Audixa reported an error: ${state.message}`));
}

function closed(state: AudixaStreamState, event: AudixaStreamEvent & { type: 'closed' }): AudixaStreamState {
  const { phase, message } = state.name === 'refused' ? state : { phase: phases[state.name], message: undefined };
  const error = explainAudixaClose({ ...event, phase, errorMessage: message });
  return error ? broken(state, error) : state;
}

/** The next state. Pure; an event that means nothing in a state leaves it as it is. */
export function nextStreamState(state: AudixaStreamState, event: AudixaStreamEvent): AudixaStreamState {
  if (state.name === 'ended') return state;
  if (event.type === 'cancelled') return failed(state, failure(state, 'aborted', 'The speech was cancelled.'));
  if (state.name === 'recovering') return afterRecovery(state, event);
  switch (event.type) {
    case 'broken':
      return (event.isFinal ? failed : broken)(state, event.error);
    case 'limit-passed':
      return broken(state, tooLate(state, event));
    default:
      return state.name === 'by-job' ? whileJob(state, event) : overSocket(state, event);
  }
}

function overSocket(state: AudixaStreamState, event: AudixaStreamEvent): AudixaStreamState {
  switch (event.type) {
    case 'gathered':
      return state.name === 'gathering' ? { name: 'connecting' } : state;
    case 'sent':
      return state.name === 'connecting' ? { ...state, sent: event.sent } : state;
    case 'no-sockets':
      return state.name === 'connecting' ? { name: 'by-job', generationId: undefined } : state;
    case 'opened':
      return state.name === 'connecting' ? { name: 'waiting' } : state;
    case 'started':
      if (state.name === 'waiting') return { name: 'started', generationId: event.generationId };
      return state.name === 'streaming' ? { ...state, generationId: state.generationId ?? event.generationId } : state;
    case 'audio':
      // Audio before `started` is undocumented but harmless.
      return state.name === 'waiting' || state.name === 'started'
        ? { name: 'streaming', generationId: generationIdOf(state) }
        : state;
    case 'completed':
      return state.name === 'refused' ? state : whenCompleted(state, event);
    case 'error':
      if (state.name === 'refused') return state;
      return { name: 'refused', phase: phases[state.name], message: event.message, generationId: generationIdOf(state) };
    case 'closed':
      return closed(state, event);
    case 'unexplained':
      return state.name === 'refused' ? unexplained(state) : state;
    default:
      return state;
  }
}

function whileJob(state: AudixaStreamState & { name: 'by-job' }, event: AudixaStreamEvent): AudixaStreamState {
  if (event.type === 'job-accepted') return { ...state, generationId: event.generationId };
  return event.type === 'job-done' ? completed(state, event.audioUrl) : state;
}

function afterRecovery(state: AudixaStreamState & { name: 'recovering' }, event: AudixaStreamEvent): AudixaStreamState {
  if (event.type === 'recovered') return completed(state, event.audioUrl, event.how);
  if (event.type === 'limit-passed' && event.limit === 'total') return failed(state, tooLate(state, event));
  return event.type === 'unrecoverable' ? failed(state, state.error) : state;
}

type RunningLimit = Exclude<Limit, 'total' | 'text'>;

/** In the states left out nothing is awaited from the vendor's socket. */
const limits: Readonly<Partial<Record<AudixaStreamState['name'], RunningLimit>>> = {
  connecting: 'connect',
  waiting: 'first-audio',
  started: 'first-audio',
  streaming: 'stall',
};

/** The limit that runs in a state. It starts anew only when its name changes. */
export const limitOf = (state: AudixaStreamState): RunningLimit | undefined => limits[state.name];
