import type { FailedExchange } from '../failed-exchange.ts';
import type { SpeechErrorKind } from '../speech-error-kind.ts';
import type { FieldProblem, SpeechCredits } from '../speech-error.ts';

/** One answer and all that must come of it. A fact that a case does not name must be absent from the error. */
export interface ErrorCase {
  readonly title: string;
  readonly exchange: FailedExchange;
  readonly kind: SpeechErrorKind;
  readonly retryable: boolean;
  readonly billed: 'no' | 'unknown' | 'yes';
  readonly code?: string;
  readonly fields?: readonly FieldProblem[];
  readonly credits?: SpeechCredits;
  readonly retryAfterMs?: number;
  readonly generationId?: string;
  /** What the message must contain. */
  readonly says?: string;
  /** Only to be given to the parser as it is: its body or headers in another form would mean something else. */
  readonly asIs?: boolean;
}
