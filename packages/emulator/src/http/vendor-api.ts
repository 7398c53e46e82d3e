import type { IncomingMessage } from 'node:http';

import type { Clock } from '../clock.ts';
import type { Ledger } from '../ledger.ts';
import type { Knobs } from '../scenario-knobs.ts';
import type { Speak } from '../speech-cache.ts';
import type { Answer } from './answer.ts';

/** What all emulated vendors share. */
export interface VendorContext {
  /** Time: what waits and what expires goes by it, so that tests can move it. */
  readonly clock: Clock;
  /** Every accepted generation is written here, before it is answered. */
  readonly ledger: Ledger;
  /** What a text sounds like: samples at 24,000 Hz, mono. */
  readonly speak: Speak;
  /** How fast audio is made, × real time, where a scenario does not say. */
  readonly rate: number;
}

/** One call of an account whose key is known, with a body that was read. */
export interface ApiCall {
  readonly method: string;
  /** With the address that the client used. */
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  /** The body as text; empty when there is none, undefined when it is too large to be read. */
  readonly body: string | undefined;
  readonly apiKey: string;
  /** What the scenario of the key says. */
  readonly knobs: Knobs;
  /** Aborts when the client leaves before the answer has gone out. */
  readonly left: AbortSignal;
}

/** Whose call it is and where it goes, as far as every answer to it can know. */
export type Asked = Pick<ApiCall, 'method' | 'url' | 'apiKey' | 'knobs'>;

/** The HTTP side of one emulated vendor. It knows the vendor; `serve-vendor` knows HTTP, CORS and the faults. */
export interface VendorApi {
  readonly vendor: 'audixa' | 'sauti' | 'moknah';
  /** It serves the vendor's finished files, on a host of its own. */
  readonly isFileHost?: true;
  /** Whether a path is this vendor's. */
  owns(pathname: string): boolean;
  /** The key of a call where the vendor wants it; empty when there is none. */
  keyOf(headers: IncomingMessage['headers'], url: URL): string;
  /** The vendor's own words for a status that a scenario asks for. */
  refusal(status: number, asked: Pick<Asked, 'url' | 'knobs'>): Answer;
  /** Answers a call. */
  answer(call: ApiCall): Answer | Promise<Answer>;
  /** Rate and credit headers of every answer, an error too. The key is empty when it was a wrong one. Called after `answer`. */
  accountHeaders(asked: Asked, answer: Answer): Readonly<Record<string, string>>;
  /** Headers of answers that a page may read when CORS is on and nothing is hidden. */
  readonly exposedHeaders: readonly string[];
}
