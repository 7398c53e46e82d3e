import type { SpeechErrorKind } from './speech-error-kind.ts';
import { SpeechError, type StreamPhase } from './speech-error.ts';
import { kindOfStatus } from './status-kinds.ts';

/** How an Audixa stream, direct or through the relay, was closed. */
export interface AudixaClose {
  /** The close code; anything but a whole number counts as 1006. */
  readonly code: number;
  /** The peer's reason; default none. */
  readonly reason?: string | undefined;
  /** Whether both sides took part in closing; default no. */
  readonly wasClean?: boolean | undefined;
  /** How far the stream had come. */
  readonly phase: StreamPhase;
  /** The text of an `error` frame that came before the close. */
  readonly errorMessage?: string | undefined;
}

const kindsByCode: Readonly<Record<number, SpeechErrorKind>> = {
  // Clean, but before `completed`: a handler that simply returned. Never a success.
  1000: 'truncated',
  1005: 'truncated',
  1002: 'bad-response',
  1007: 'bad-response',
  1010: 'bad-response',
  // The three that Audixa documents.
  1003: 'invalid-request',
  1008: 'unauthorized',
  1011: 'vendor-fault',
  1009: 'too-large',
  // The relay's own, where they do not mean what their last three digits mean as an HTTP status.
  4408: 'timeout',
  4502: 'vendor-fault',
  4504: 'timeout',
};

const phases: readonly StreamPhase[] = ['connecting', 'waiting', 'streaming', 'completed'];

/** Total. Codes without a row are lost connections (1001, 1006, 1012…), the relay's, or nobody's. */
function kindOfClose(code: number, phase: StreamPhase): SpeechErrorKind {
  const kind = kindsByCode[code];
  if (kind) return kind;
  if (code >= 4400 && code < 4600) return kindOfStatus(code - 4000);
  if (code >= 3000) return 'bad-response';
  return phase === 'connecting' ? 'unreachable' : 'connection-lost';
}

/** Seconds to wait, in the relay's reason of JSON (`{"r":12}`). */
const secondsIn = /"r":\s*(\d{1,5})\b/;

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

function explained(given: Partial<AudixaClose>): SpeechError | undefined {
  const phase = phases.find((each) => each === given.phase) ?? 'streaming';
  if (phase === 'completed') return undefined;
  // 1006 is the standard's own number for “no code”.
  const code = Number.isInteger(given.code) ? given.code! : 1006;
  const reason = textIn(given.reason);
  const kind = kindOfClose(code, phase);
  // The relay's reason may be JSON, with the seconds to wait in `r`.
  const isJsonReason = reason.trimStart().startsWith('{');
  const said = textIn(given.errorMessage) || (isJsonReason ? '' : reason);
  const seconds = isJsonReason && secondsIn.exec(reason)?.[1];
  return new SpeechError({
    kind,
    vendor: 'audixa',
    message: `The connection to Audixa closed with code ${code} while ${phase}${said ? `: ${said}` : ''}`,
    close: { code, reason, wasClean: given.wasClean === true, phase },
    retryAfterMs: seconds ? +seconds * 1000 : undefined,
    limit: kind === 'timeout' ? (phase === 'streaming' ? 'stall' : 'first-audio') : undefined,
    billed: phase === 'connecting' ? 'no' : 'unknown',
  });
}

/**
 * Explains why an Audixa stream closed; undefined once it had `completed`, when no close is an error. Total over codes and
 * phases, and never throws: what is missing or has the wrong type counts as code 1006, no reason, not clean, `streaming`. A
 * socket refused before it opened has code 1006 in every browser, which hides the HTTP status.
 */
export function explainAudixaClose(close: AudixaClose | undefined): SpeechError | undefined {
  try {
    return explained(Object(close) as Partial<AudixaClose>);
  } catch {
    // A getter or proxy of the caller's threw.
    return explained({});
  }
}
