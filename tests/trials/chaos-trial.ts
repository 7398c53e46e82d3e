import type { Emulator } from '@saystream/emulator';
import type { ClientEvent } from 'saystream';

import { createTally, howToRepeat, inLanes } from './trial-settings.ts';
import { judgeCall, type TrialCall } from './trial-judge.ts';
import type { TrialVendor } from './trial-vendors.ts';

const mostTries = 4;
const lanes = 100;
/** Enough to see what is wrong. */
const mostProblems = 20;

/** What came of it. */
export interface TrialReport {
  readonly calls: number;
  /** Resolved calls and the kinds of the others. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Generations that the vendor accepted for them. */
  readonly accepted: number;
  /** Attempts that the clients told of, polls and files included. */
  readonly attempts: number;
  /** Paid requests that left. */
  readonly paidRequests: number;
  /** Sounds that end early and that nobody can tell so: see `TrialVendor.hasNoLength`. */
  readonly undetectablyShort: number;
  readonly seconds: number;
  /** What must not be. */
  readonly problems: readonly string[];
}

/** Runs `calls` calls against keys of chaos, and judges each by the ledger. */
export async function runChaosTrial(emulator: Emulator, vendor: TrialVendor, size: { calls: number; seed: number }): Promise<TrialReport> {
  const sinceMs = performance.now();
  const problems: string[] = [];
  const calls: TrialCall[] = [];
  let attempts = 0;
  let paidRequests = 0;

  /** One key, one client, some calls: one after the other, or (every other key) all at once. */
  async function runKey(index: number): Promise<void> {
    const seed = size.seed * 100_000 + index;
    const scenario = `retry-after-1~${vendor.scenarios[index % vendor.scenarios.length]}~run-${vendor.name}${index}~chaos-${seed}`;
    const first = index * vendor.callsPerKey;
    const count = Math.min(vendor.callsPerKey, size.calls - first);
    const note = (problem: string) => {
      if (problems.length < mostProblems) problems.push(`${problem} (${scenario}; ${howToRepeat})`);
    };
    let tries = 0;
    let posts = 0;
    const call = vendor.open(emulator, {
      apiKey: emulator.scenario(scenario),
      retry: { tries: mostTries, baseDelayMs: 1, maxDelayMs: 5, breakerFailures: Infinity },
      timeouts: { headersMs: 10_000, bodyIdleMs: 10_000, totalMs: 60_000 },
      fetch: (input, init) => {
        if (input instanceof Request && input.method === 'POST') posts += 1;
        return fetch(input, init);
      },
      onEvent(event: ClientEvent) {
        if (event.type !== 'attempt') return;
        tries += 1;
        if (event.attempt > mostTries) note(`an attempt number ${event.attempt}`);
      },
    });

    async function runCall(at: number): Promise<void> {
      const text = `${vendor.name} ${seed} ${at}`;
      const settled = await call(text, at).then(
        (result) => ({ result }),
        (thrown: unknown) => ({ thrown }),
      );
      calls.push({ text, scenario, ...settled });
    }

    const all = Array.from({ length: count }, (_each, at) => first + at);
    if (index % 2 === 1) {
      await Promise.all(all.map(runCall));
      if (posts > mostTries * count) note(`${posts} paid requests for ${count} calls`);
    } else {
      for (const at of all) {
        const before = posts;
        await runCall(at);
        if (posts - before > mostTries) note(`${posts - before} paid requests for one call`);
      }
    }
    attempts += tries;
    paidRequests += posts;
  }

  const from = emulator.ledger.length;
  await inLanes(Math.ceil(size.calls / vendor.callsPerKey), lanes, runKey);

  const accepted = emulator.ledger.slice(from);
  const idsByText = new Map<string, string[]>();
  for (const { text, generationId } of accepted) idsByText.set(text, [...(idsByText.get(text) ?? []), generationId]);
  const outcomes = createTally();
  let undetectablyShort = 0;
  for (const each of calls) {
    const { verdict, problem } = judgeCall(vendor, each, idsByText.get(each.text) ?? []);
    outcomes.add(verdict);
    if (verdict === 'resolved, short') undetectablyShort += 1;
    if (problem && problems.length < mostProblems) problems.push(`${problem} (${each.text}: ${each.scenario}; ${howToRepeat})`);
  }
  if (calls.length !== size.calls) problems.push(`${calls.length} of ${size.calls} calls settled`);
  return {
    calls: calls.length,
    outcomes: outcomes.counts,
    accepted: accepted.length,
    attempts,
    paidRequests,
    undetectablyShort,
    seconds: (performance.now() - sinceMs) / 1_000,
    problems,
  };
}
