import { isSpeechError } from 'saystream';

import type { TrialResult, TrialVendor } from './trial-vendors.ts';
import { samplesOf } from './trial-voice.ts';

/** A call that is over. */
export interface TrialCall {
  readonly text: string;
  readonly scenario: string;
  readonly result?: TrialResult;
  readonly thrown?: unknown;
}

/** What a call came to, and what is wrong with it. */
export interface Judgement {
  /** `resolved`, or the kind of the rejection. */
  readonly verdict: string;
  readonly problem?: string;
}

function judgeSound(vendor: TrialVendor, { text }: TrialCall, { samples, tolerance = 0 }: TrialResult): Judgement {
  const verdict = 'resolved';
  if (samples === undefined) return { verdict };
  const whole = samplesOf(text);
  if (Math.abs(samples - whole) <= tolerance) return { verdict };
  // Half of what has no length of its own is all that the chaos can make of it.
  if (vendor.hasNoLength && Math.abs(samples - whole / 2) <= tolerance + 1) return { verdict: 'resolved, short' };
  return { verdict, problem: `${samples} samples instead of ${whole}` };
}

/** Judges a call by what the vendor has accepted for its text, which so many calls asked for. */
export function judgeCall(vendor: TrialVendor, call: TrialCall, acceptedIds: readonly string[], asked: number): Judgement {
  const { result, thrown } = call;
  const times = acceptedIds.length;
  if (result) {
    const { generationId } = result;
    if (times === 0) return { verdict: 'resolved', problem: 'resolved, and never accepted' };
    if (generationId && !acceptedIds.includes(generationId)) return { verdict: 'resolved', problem: 'has somebody else’s' };
    return judgeSound(vendor, call, result);
  }
  if (!isSpeechError(thrown)) return { verdict: 'no SpeechError', problem: `threw ${String(thrown)}` };
  const verdict = `${thrown.kind}, billed ${thrown.billed}`;
  const facts = JSON.stringify(thrown);
  if (thrown.billed === 'no' && times > 0 && asked === 1) return { verdict, problem: `accepted, and billed no: ${facts}` };
  if (thrown.billed === 'yes' && times === 0) return { verdict, problem: `never accepted, and billed yes: ${facts}` };
  return { verdict };
}

/** Judges the calls that asked for one text, together. */
export function judgeText(calls: readonly TrialCall[], acceptedIds: readonly string[]): string | undefined {
  const resolved = calls.filter(({ result }) => result);
  const ids = resolved.flatMap(({ result }) => result?.generationId ?? []);
  if (acceptedIds.length > calls.length) return `accepted ${acceptedIds.length} times, for ${calls.length} calls`;
  if (resolved.length > acceptedIds.length) return `${resolved.length} resolved, and ${acceptedIds.length} accepted`;
  if (new Set(ids).size < ids.length) return 'two calls have the same generation';
  return undefined;
}
