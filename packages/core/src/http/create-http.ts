import type { SpeechError } from '@saystream/errors';

import { decideRetry } from '../retry/retry-policy.ts';
import { sleep } from '../timing/sleep.ts';
import { createCallSignal, type CallSignal } from './call-signal.ts';
import type { Http, HttpCall, HttpOptions, ReadResponse } from './http-call.ts';
import { isOurs, sendOnce } from './send-once.ts';
import { speechErrorFromHttp } from './speech-error-from-http.ts';

/** One call on its way through its attempts. */
class CallInFlight<T> {
  readonly #options: HttpOptions;
  readonly #call: HttpCall;
  readonly #read: ReadResponse<T>;
  readonly #signal: CallSignal;
  #inDoubt = false;

  constructor(options: HttpOptions, call: HttpCall, read: ReadResponse<T>, signal: CallSignal) {
    this.#options = options;
    this.#call = call;
    this.#read = read;
    this.#signal = signal;
  }

  /** The call from its slot to its end. */
  async run(): Promise<T> {
    const { signal } = this.#signal;
    signal.throwIfAborted();
    const giveBack = await this.#call.slots?.take(signal);
    try {
      return await (isOurs(this.#call) ? this.#watched() : this.#attempts());
    } finally {
      // Whoever leaves early leaves a vendor at work.
      giveBack?.({ settled: !this.#inDoubt || !signal.aborted });
    }
  }

  /** Names whatever was thrown. */
  explain(thrown: unknown): SpeechError {
    const { vendor } = this.#options;
    return speechErrorFromHttp(thrown, { vendor, signal: this.#signal.signal, paid: this.#inDoubt });
  }

  /** The account's health concerns the vendor's API, not the hosts of its files. */
  async #watched(): Promise<T> {
    const { vendor, account, emit } = this.#options;
    const resting = account.ask();
    if (resting) {
      emit({ type: 'give-up', vendor, because: resting.kind, reason: 'breaker' });
      throw resting;
    }
    try {
      const result = await this.#attempts();
      account.tell({ type: 'answered' });
      return result;
    } catch (thrown) {
      account.tell({ type: 'failed', kind: this.explain(thrown).kind });
      throw thrown;
    }
  }

  async #attempts(): Promise<T> {
    const { vendor, account, emit } = this.#options;
    const { signal } = this.#signal;
    for (let attempt = 1; ; attempt += 1) {
      await this.#call.pace?.before(signal);
      emit({ type: 'attempt', vendor, transport: 'http', attempt });
      try {
        this.#setDoubt(this.#call.paid ?? false);
        return await sendOnce(this.#options, this.#call, this.#read, signal);
      } catch (thrown) {
        const error = this.explain(thrown);
        const delayMs = this.#delayBeforeAnother(error, attempt);
        if (delayMs === undefined) throw error;
        account.tell({ type: 'repeated', kind: error.kind });
        emit({ type: 'wait', vendor, delayMs, because: error.kind });
        // A paid request is only repeated after a refusal: until it is sent again nothing can have been charged.
        this.#setDoubt(false);
        await sleep(delayMs, signal);
      }
    }
  }

  /** In doubt: a paid request was sent, and nothing proves yet that it was refused. */
  #setDoubt(inDoubt: boolean): void {
    this.#inDoubt = inDoubt;
    this.#call.onDoubt?.(inDoubt);
  }

  #delayBeforeAnother(error: SpeechError, attempt: number): number | undefined {
    const { vendor, account, retry, emit } = this.#options;
    const { spareRepeats } = account.health;
    const remainingMs = this.#signal.remainingMs();
    const decision = decideRetry({ error, attempt, paid: this.#inDoubt, remainingMs, spareRepeats }, retry);
    if ('delayMs' in decision) return decision.delayMs;
    emit({ type: 'give-up', vendor, because: error.kind, reason: decision.giveUp });
    return undefined;
  }
}

/**
 * An HTTP client on ky. ky makes the request and watches until the headers; the retry policy, the watch over the body
 * and the reading of errors are ours, because ky's stop at the headers, may sleep for as long as a server asks, and
 * keep the URL and the key in what they throw.
 */
export function createHttp(options: HttpOptions): Http {
  return {
    async request(call, read) {
      const signal = createCallSignal(options.vendor, options.timeouts.totalMs, call.signal);
      const flight = new CallInFlight(options, call, read, signal);
      try {
        return await flight.run();
      } catch (thrown) {
        throw flight.explain(thrown);
      } finally {
        signal.release();
      }
    },
  };
}
