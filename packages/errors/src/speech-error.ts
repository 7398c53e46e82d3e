import { safeText } from './safe-text.ts';
import { factsOfKind, type SpeechErrorKind } from './speech-error-kind.ts';

const brand = /* @__PURE__ */ Symbol.for('saystream.SpeechError');
const maxMessage = 2_000;
const maxFields = 50;
const maxFieldPath = 100;
const maxFieldMessage = 300;
const maxName = 200;

/**
 * Where in the life of a stream something happened: `connecting` (not open yet), `waiting` (open, nothing sent or no
 * `started` yet), `streaming`, `completed` (the vendor has said so; no close is an error any more).
 */
export type StreamPhase = 'connecting' | 'waiting' | 'streaming' | 'completed';

/** One field of the request that the vendor complains about. */
export interface FieldProblem {
  /** Such as `voice_settings.speed` or `items[0].text`, in the vendor's names. Empty for the request as a whole. */
  readonly path: string;
  /** The vendor's complaint. */
  readonly message: string;
}

/** How a socket was closed. */
export interface CloseFacts {
  /** The close code. */
  readonly code: number;
  /** The server's reason; often empty. */
  readonly reason: string;
  /** Whether the closing handshake was complete. */
  readonly wasClean: boolean;
  /** How far the stream was. */
  readonly phase: StreamPhase;
}

/** Credits as the vendor counts them. */
export interface Credits {
  /** Left on the account. */
  readonly remaining?: number;
  /** Needed for the request. */
  readonly required?: number;
}

/** What a `SpeechError` is made from. An undefined member counts as absent. */
export interface SpeechErrorFacts {
  /** What went wrong. */
  readonly kind: SpeechErrorKind;
  /** `audixa`, `sauti`, `moknah`, `player`, or `http` for anything else. */
  readonly vendor: string;
  /** What failed, in a sentence. Made safe and cut at 2,000 characters. */
  readonly message: string;
  /** HTTP status. */
  readonly status?: number | undefined;
  /** The vendor's own code, or the system's (`ECONNREFUSED`). */
  readonly code?: string | undefined;
  /** How the socket was closed. */
  readonly close?: CloseFacts | undefined;
  /** Problems of single fields; at most 50 are kept. Default none. */
  readonly fields?: readonly FieldProblem[] | undefined;
  /** The vendor's hint how long to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** Credits, where the vendor told. */
  readonly credits?: Credits | undefined;
  /** Default: what the kind says. */
  readonly retryable?: boolean | undefined;
  /** Default `unknown`. */
  readonly billed?: 'no' | 'unknown' | 'yes' | undefined;
  /** Which of our time limits passed. */
  readonly limit?: 'connect' | 'first-audio' | 'stall' | 'total' | undefined;
  /** Default: what the kind says. */
  readonly advice?: string | undefined;
  /** The vendor's name for the request. */
  readonly requestId?: string | undefined;
  /** The vendor's name for the generation. */
  readonly generationId?: string | undefined;
  /** An error of the caller's own code that led here. Never a request or a socket event: those hold the key. */
  readonly cause?: unknown;
}

const named = (name: string | undefined): string | undefined => name && safeText(name, maxName);

const safeFields = (fields: readonly FieldProblem[] = []): readonly FieldProblem[] =>
  fields.slice(0, maxFields).map(({ path, message }) => ({ path: safeText(path, maxFieldPath), message: safeText(message, maxFieldMessage) }));

/** The one error of this library. Recognise it with `isSpeechError`, then switch on `kind`. */
export class SpeechError extends Error {
  /** What went wrong. */
  readonly kind: SpeechErrorKind;
  /** Who it was about: `audixa`, `sauti`, `moknah`, `player`, `http`. */
  readonly vendor: string;
  /** HTTP status, when there was a real one. */
  declare readonly status?: number;
  /** The vendor's own code, verbatim, or the system's. */
  declare readonly code?: string;
  /** How the socket was closed. */
  declare readonly close?: CloseFacts;
  /** Problems of single fields; empty when there are none. */
  readonly fields: readonly FieldProblem[];
  /** How long the vendor asks to wait, in milliseconds; finite and positive. */
  declare readonly retryAfterMs?: number;
  /** Credits, where the vendor told. */
  declare readonly credits?: Credits;
  /** Whether the same request, unchanged, may succeed later. Whether it may be *paid* twice is another question. */
  readonly retryable: boolean;
  /** Whether the vendor charged for the request, as far as anyone can know. */
  readonly billed: 'no' | 'unknown' | 'yes';
  /** Which of our time limits passed, on a `timeout`. */
  declare readonly limit?: 'connect' | 'first-audio' | 'stall' | 'total';
  /** One sentence: who should do what. */
  readonly advice: string;
  /** The vendor's name for the request. */
  declare readonly requestId?: string;
  /** The vendor's name for the generation. */
  declare readonly generationId?: string;

  /** Makes an error from its facts; texts are made safe, and what is left out follows from the kind. */
  constructor(facts: SpeechErrorFacts) {
    super(safeText(facts.message, maxMessage), facts.cause === undefined ? undefined : { cause: facts.cause });
    Object.defineProperty(this, 'name', { value: 'SpeechError', configurable: true, writable: true });
    const { kind, vendor, status, close, retryAfterMs, credits, limit } = facts;
    const ofKind = factsOfKind(kind);
    this.kind = kind;
    this.vendor = vendor;
    this.fields = safeFields(facts.fields);
    this.retryable = facts.retryable ?? ofKind.retryable;
    this.billed = facts.billed ?? 'unknown';
    this.advice = facts.advice ?? ofKind.advice;
    const optional = {
      status,
      code: named(facts.code),
      close: close && { ...close, reason: safeText(close.reason, maxName) },
      retryAfterMs,
      credits,
      limit,
      requestId: named(facts.requestId),
      generationId: named(facts.generationId),
    };
    for (const [name, value] of Object.entries(optional)) if (value !== undefined) Object.assign(this, { [name]: value });
  }

  /** Marks the class for `isSpeechError`, across copies of this library. */
  get [brand](): true {
    return true;
  }

  /** Message and facts; neither stack nor cause. At most 64 KiB as JSON. */
  toJSON(): object {
    const { name, message } = this;
    return { ...this, name, message };
  }
}

/** Whether it is a `SpeechError`, also one of another copy of this library. Never throws. */
export function isSpeechError(value: unknown): value is SpeechError {
  try {
    return (value as { [brand]?: unknown } | null | undefined)?.[brand] === true;
  } catch {
    return false;
  }
}
