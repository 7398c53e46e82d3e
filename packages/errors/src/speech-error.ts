import { presentable, printable } from './redaction.ts';
import { advicePerKind, type SpeechErrorKind } from './speech-error-kind.ts';

/**
 * How far a streamed synthesis had come. `connecting`: the socket was not open yet. `waiting`: open, but nothing sent or
 * no `started` seen. `streaming`: between `started` and `completed`. `completed`: the vendor said that all was sent.
 */
export type StreamPhase = 'connecting' | 'waiting' | 'streaming' | 'completed';

/** Which of our time limits passed: of `connectMs`, `firstAudioMs`, `stallMs`, `textMs` and `totalMs`. */
export type SpeechTimeLimit = 'connect' | 'first-audio' | 'stall' | 'text' | 'total';

/** What one field of a request did wrong. */
export interface FieldProblem {
  /** Where, in a form a user interface can use: `voice_settings.speed`, `items[0].text`; empty for the whole request. At most 80 characters. */
  readonly path: string;
  /** What the vendor says about it, safe to show as text. At most 250 characters. */
  readonly message: string;
}

/** Credits of an account, as far as the vendor told. Only Moknah does; unit: credits, one or more per character. */
export interface SpeechCredits {
  /** What is left. Moknah's two pages disagree whether of the account or of this minute. */
  readonly remaining?: number;
  /** What the refused request would have cost. */
  readonly required?: number;
}

/** How a socket closed. */
export interface SocketClose {
  /** The close code: 1000–4999; 1006 when there was none. */
  readonly code: number;
  /** The peer's reason, safe to show; often empty. */
  readonly reason: string;
  /** Whether both sides took part in closing. A clean close is no success. */
  readonly wasClean: boolean;
  /** How far the stream had come. */
  readonly phase: StreamPhase;
}

/** What may be known about a failure besides its kind, vendor and message. */
interface OptionalFacts {
  /** HTTP status, 100–599; absent when no answer arrived. */
  readonly status?: number;
  /** The vendor's own error code, verbatim, such as `RATE_LIMIT_EXCEEDED`. At most 250 characters. */
  readonly code?: string;
  /** How the socket closed, for failures of a streaming connection. */
  readonly close?: SocketClose;
  /** How long the vendor asks to wait, in milliseconds; finite, ≥ 0. */
  readonly retryAfterMs?: number;
  /** Credits, when the vendor told. */
  readonly credits?: SpeechCredits;
  /** Which of our time limits passed; always there on `timeout`. */
  readonly limit?: SpeechTimeLimit;
  /** The id under which a vendor's or a proxy's support can find the request. */
  readonly requestId?: string;
  /** The generation (Audixa) or job (SAUTI) that failed. */
  readonly generationId?: string;
  /** Of a text spoken in pieces: which piece failed, as an index into `outcome.pieces`. */
  readonly piece?: number;
}

type OrUndefined<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** What `new SpeechError(…)` is made of. A member that is `undefined` counts as absent. */
export interface SpeechErrorFacts extends OrUndefined<Omit<OptionalFacts, 'credits'>> {
  /** Credits, when the vendor told. */
  readonly credits?: OrUndefined<SpeechCredits> | undefined;
  /** What went wrong. */
  readonly kind: SpeechErrorKind;
  /** Who reported it: `audixa`, `sauti`, `moknah`, `http`, `player` or another short name. */
  readonly vendor: string;
  /** What failed and what the vendor said. Made safe: no control characters, markup, keys or queries of addresses; at most 2,000 characters. */
  readonly message: string;
  /** Per-field problems; default none. At most 50 are kept. */
  readonly fields?: readonly FieldProblem[] | undefined;
  /** Whether the same request, unchanged, may succeed later; default by kind. */
  readonly retryable?: boolean | undefined;
  /** Whether the vendor charged for it; default `unknown`. */
  readonly billed?: 'no' | 'unknown' | 'yes' | undefined;
  /** One sentence: who should do what; default by kind. */
  readonly advice?: string | undefined;
  /** The error behind this one, kept as it is: never pass one that holds a request, a socket event or a key. */
  readonly cause?: unknown;
}

/** Shared by every copy of this library in a program, so that a brand made by one is known to all. */
const brand = /* @__PURE__ */ Symbol.for('saystream.SpeechError');

/**
 * What is kept of a fact: members that are undefined or no number vanish, and texts are made safe to show; sentences, which
 * a vendor may write anything into, lose their secrets too. 50 field problems of 80 and 250 characters, three bytes each,
 * keep the error as JSON under 64 KiB.
 */
function kept(fact: unknown, name: string): unknown {
  if (typeof fact === 'string') return (/message|reason/.test(name) ? presentable : printable)(fact, name === 'path' ? 80 : 250);
  if (Array.isArray(fact)) return fact.slice(0, 50).map((item) => kept(item, name));
  return typeof fact === 'object' && fact ? keep(fact, {}) : fact;
}

/** What is kept of each fact, put into `copy`. */
function keep(facts: object, copy: object): object {
  for (const [name, fact] of Object.entries(facts))
    if (fact != null && (typeof fact !== 'number' || isFinite(fact))) (copy as Record<string, unknown>)[name] = kept(fact, name);
  return copy;
}

/**
 * Every failure of saystream, of every vendor, in one class. Recognise it with `isSpeechError`, then look at `kind`.
 * Nothing secret is in its text, its JSON or its stack.
 */
export class SpeechError extends Error implements OptionalFacts {
  /** What went wrong. */
  declare readonly kind: SpeechErrorKind;
  /** Who reported it: `audixa`, `sauti`, `moknah`, `http` (no vendor known), `player`. */
  declare readonly vendor: string;
  /** HTTP status, 100–599; absent when no answer arrived. */
  declare readonly status?: number;
  /** The vendor's own error code, verbatim. */
  declare readonly code?: string;
  /** How the socket closed, for failures of a streaming connection. */
  declare readonly close?: SocketClose;
  /** Per-field problems, at most 50; empty if there are none. */
  declare readonly fields: readonly FieldProblem[];
  /** How long the vendor asks to wait, in milliseconds; finite, ≥ 0. */
  declare readonly retryAfterMs?: number;
  /** Credits, when the vendor told. */
  declare readonly credits?: SpeechCredits;
  /** Whether the same request, unchanged, may succeed later. Whether repeating it is *safe* is what `billed` says. */
  declare readonly retryable: boolean;
  /** Whether the vendor charged for it. `unknown`: it may have, so do not send it again blindly. */
  declare readonly billed: 'no' | 'unknown' | 'yes';
  /** Which of our time limits passed; always there on `timeout`. */
  declare readonly limit?: SpeechTimeLimit;
  /** One sentence: who should do what. */
  declare readonly advice: string;
  /** The id under which a vendor's or a proxy's support can find the request. */
  declare readonly requestId?: string;
  /** The generation (Audixa) or job (SAUTI) that failed. */
  declare readonly generationId?: string;
  /** Of a text spoken in pieces: which piece failed, as an index into `outcome.pieces`. Absent when the text is one piece. */
  declare readonly piece?: number;

  /** Makes an error of a kind. Texts are made safe to show; facts that are `undefined` or unusable are left out. */
  constructor(facts: SpeechErrorFacts) {
    const { message, cause, ...rest } = facts;
    super(presentable(message, 2000), cause === undefined ? cause : { cause });
    const advice = advicePerKind[rest.kind];
    Object.assign(
      this,
      { billed: 'unknown', retryable: advice[0] === '+', advice: advice.replace('+', ''), fields: [] },
      // So that narrowing to `timeout` can promise a limit: the widest one when the maker names none.
      rest.kind === 'timeout' && { limit: 'total' },
    );
    keep(rest, this);
  }

  /** The brand that `isSpeechError` checks. Inherited, so that no copy of the facts carries it; and no part of the type. */
  get [brand as symbol](): true {
    return true;
  }

  /** Always `SpeechError`, also in minified code. */
  override get name(): string {
    return 'SpeechError';
  }

  /** The message and the facts, for logs and for sending: at most 64 KiB of JSON, without stack and cause. */
  toJSON(): object {
    return { ...this, name: this.name, message: this.message };
  }
}

/** A `SpeechError` of one kind, with the facts that this kind guarantees. */
export type SpeechErrorOf<Kind extends SpeechErrorKind> = SpeechError & {
  /** This kind, known to the type checker. */
  readonly kind: Kind;
} & ('timeout' extends Kind
    ? {
        /** Which limit passed: a `timeout` always says. */
        readonly limit: SpeechTimeLimit;
      }
    : unknown);

/** A `SpeechError` that narrows: after `error.kind === 'timeout'`, `error.limit` is known to be there. */
export type NarrowingSpeechError = SpeechErrorOf<'timeout'> | SpeechErrorOf<Exclude<SpeechErrorKind, 'timeout'>>;

/**
 * Whether something thrown is a `SpeechError`, made by this copy of the library or by another. It checks a
 * brand, not the class, and never throws.
 */
export function isSpeechError(thrown: unknown): thrown is NarrowingSpeechError {
  try {
    return (thrown as { [brand]?: unknown } | null | undefined)?.[brand] === true;
  } catch {
    return false; // a revoked proxy, say
  }
}
