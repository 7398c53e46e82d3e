import type { Emulator } from '@saystream/emulator';
import type { ClientEvent } from 'saystream';

import { groupBy } from './group-by.ts';
import { createTally, howToRepeat, inLanes } from './trial-settings.ts';
import { judgeCall, judgeText, type TrialCall } from './trial-judge.ts';
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
  readonly seconds: number;
  /** What must not be. */
  readonly problems: readonly string[];
}

/** Runs `calls` calls against keys of chaos, and judges each by the ledger. */
export async function runChaosTrial(
  emulator: Emulator,
  vendor: TrialVendor,
  size: { calls: number; seed: number },
): Promise<TrialReport> {
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
    // Some ask for the same at the same time: what is lost must not be found by two of them.
    const sameText = index % 4 === 3;
    let tries = 0;
    let posts = 0;
    const call = vendor.open(emulator, {
      apiKey: emulator.scenario(scenario),
      retry: { tries: mostTries, baseDelayMs: 1, maxDelayMs: 5, breakerFailures: Infinity },
      timeouts: { headersMs: 10_000, bodyIdleMs: 10_000, totalMs: 60_000 },
      fetch: (input, init) => {
        if (init?.method === 'POST') posts += 1;
        return fetch(input, init);
      },
      onEvent(event: ClientEvent) {
        if (event.type !== 'attempt') return;
        tries += 1;
        if (event.attempt > mostTries) note(`an attempt number ${event.attempt}`);
      },
    });

    async function runCall(at: number): Promise<void> {
      const text = `${vendor.name} ${seed} ${sameText ? 'the same' : at}`;
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
  const idsByText = groupBy(accepted, ({ text }) => text);
  const outcomes = createTally();
  const note = (problem: string | undefined, { text, scenario }: TrialCall) => {
    if (problem && problems.length < mostProblems) problems.push(`${problem} (${text}: ${scenario}; ${howToRepeat})`);
  };
  for (const [text, asked] of groupBy(calls, (each) => each.text)) {
    const ids = idsByText.get(text)?.map(({ generationId }) => generationId) ?? [];
    for (const each of asked) {
      const { verdict, problem } = judgeCall(vendor, each, ids, asked.length);
      outcomes.add(verdict);
      note(problem, each);
    }
    const [first] = asked;
    if (first) note(judgeText(asked, ids), first);
  }
  if (calls.length !== size.calls) problems.push(`${calls.length} of ${size.calls} calls settled`);
  return {
    calls: calls.length,
    outcomes: outcomes.counts,
    accepted: accepted.length,
    attempts,
    paidRequests,
    seconds: (performance.now() - sinceMs) / 1_000,
    problems,
  };
}
