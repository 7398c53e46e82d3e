import { membersOf, readFailureBody } from './failure-body.ts';
import type { SpeechErrorKind } from './speech-error-kind.ts';
import { SpeechError, type StreamPhase } from './speech-error.ts';
import { kindOfStatus } from './status-kind.ts';

/**
 * 1003, 1008 and 1011 are documented by the vendor; the others by RFC 6455. Left out on purpose: 1001, 1006 and
 * 1012–1015 say that the connection ended, and not why.
 */
const kinds: Readonly<Record<number, SpeechErrorKind>> = {
  1000: 'truncated',
  1002: 'bad-response',
  1003: 'invalid-request',
  1005: 'truncated',
  1007: 'bad-response',
  1008: 'unauthorized',
  1009: 'too-large',
  1010: 'bad-response',
  1011: 'vendor-fault',
};

/** What a close code means before `completed`. Total; a relay's 44xx and 45xx carry an HTTP status in their last digits. */
function kindOfClose(code: number, phase: StreamPhase): SpeechErrorKind {
  if (code === 4408) return 'timeout';
  if (code >= 4400 && code < 4600) return kindOfStatus(code - 4_000);
  return kinds[code] ?? (code >= 3_000 ? 'bad-response' : phase === 'connecting' ? 'unreachable' : 'connection-lost');
}

/** A close of an Audixa stream, as the socket and the stream know it. */
export interface AudixaClose {
  /** The close code; 1005 when the frame had none, 1006 when there was no frame. */
  readonly code: number;
  /** The server's reason. Default empty. */
  readonly reason?: string | undefined;
  /** Whether the closing handshake was complete. Default false. */
  readonly wasClean?: boolean | undefined;
  /** How far the stream was. */
  readonly phase: StreamPhase;
  /** The text of an `error` frame that came before the close. */
  readonly errorMessage?: string | undefined;
}

/** A relay may put the seconds to wait into the reason: `{"r":12}`. */
function waitOf(reason: string): number | undefined {
  const seconds = membersOf(readFailureBody(reason).json)['r'];
  return typeof seconds === 'number' && seconds > 0 && seconds <= 86_400 ? seconds * 1_000 : undefined;
}

/**
 * Explains why an Audixa stream was closed. Total over codes and phases, never throws; undefined after `completed`,
 * when no close is an error.
 */
export function explainAudixaClose({ code, reason, wasClean = false, phase, errorMessage }: AudixaClose): SpeechError | undefined {
  if (phase === 'completed') return undefined;
  const kind = kindOfClose(code, phase);
  const why = typeof reason === 'string' ? reason : '';
  const said = errorMessage || why;
  const what = phase === 'connecting' ? 'Audixa could not be connected' : `Audixa closed the stream while ${phase}`;
  return new SpeechError({
    kind,
    vendor: 'audixa',
    message: `${what} (close code ${code})${said ? `: ${said}` : '.'}`,
    close: { code, reason: why, wasClean, phase },
    billed: phase === 'connecting' ? 'no' : 'unknown',
    retryAfterMs: waitOf(why),
    limit: kind === 'timeout' ? 'connect' : undefined,
  });
}
