import type { IncomingMessage } from 'node:http';

import type { Clock } from '../clock.ts';
import type { Ledger } from '../ledger.ts';
import type { Knobs } from '../scenario-knobs.ts';
import type { Answer } from './answer.ts';

/** What all emulated vendors share. */
export interface VendorContext {
  /** Time: what waits and what expires goes by it, so that tests can move it. */
  readonly clock: Clock;
  /** Every accepted generation is written here, before it is answered. */
  readonly ledger: Ledger;
  /** What a text sounds like: samples at 24,000 Hz, mono. */
  readonly speak: (text: string) => Promise<Float32Array>;
  /** How fast audio is made, × real time, where a scenario does not say. */
  readonly rate: number;
}

/** One call of an account whose key is known, with a body that was read. */
export interface ApiCall {
  readonly method: string;
  /** With the address that the client used. */
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  /** The body as text; empty when there is none. */
  readonly body: string;
  readonly apiKey: string;
  /** What the scenario of the key says. */
  readonly knobs: Knobs;
  /** Aborts when the client leaves before the answer has gone out. */
  readonly left: AbortSignal;
}

/** The HTTP side of one emulated vendor. It knows the vendor; `serve-vendor` knows HTTP, CORS and the faults. */
export interface VendorApi {
  readonly vendor: 'audixa' | 'sauti' | 'moknah';
  /** It serves the vendor's finished files, on a host of its own. */
  readonly isFileHost?: true;
  /** Whether a path is this vendor's. */
  owns(pathname: string): boolean;
  /** The key of a call where the vendor wants it; empty when there is none. */
  keyOf(headers: IncomingMessage['headers'], url: URL): string;
  /** The vendor's own words for a status that a scenario asks for, wrapped as its knobs say. */
  refusal(status: number, url: URL, knobs: Knobs): Answer;
  /** Answers a call. */
  answer(call: ApiCall): Answer | Promise<Answer>;
  /** Rate and credit headers of every answer to this key, an error too. Called after `answer`. */
  accountHeaders(apiKey: string, answer: Answer, knobs: Knobs): Readonly<Record<string, string>>;
  /** Headers of answers that a page may read when CORS is on and nothing is hidden. */
  readonly exposedHeaders: readonly string[];
}
