import { type SocketWorker, playerLoading } from '@saystream/player';

import { ok, shownAddress, type Finding } from './finding.ts';
import { policyFix, watchPolicy } from './policy-violation.ts';

/** What was found, and the worker that the player would use. The caller ends it. */
export interface WorkerCheck {
  readonly finding: Finding;
  readonly worker: SocketWorker | undefined;
}

const caught = (work: Promise<Worker>): Promise<Worker | Error> => work.catch((error: unknown) => error as Error);
const without = 'without a worker, a page that is busy interrupts the sound';

/**
 * Starts the worker as the player does: from its file, else from a blob.
 * @param workerUrl default: the player's own file
 */
export async function checkWorker(workerUrl: URL | undefined): Promise<WorkerCheck> {
  const check = 'worker';
  const { socketsIn, startFromBlob, startFromFile } = await playerLoading();
  const { result: fromFile, refused } = await watchPolicy(() => caught(startFromFile(workerUrl)));
  const name = workerUrl ? shownAddress(workerUrl) : 'socket-worker.js';
  if (fromFile instanceof Worker) return { finding: ok(check, `${name} was started.`), worker: socketsIn(fromFile) };
  const fromBlob = await caught(startFromBlob());
  const isBlob = fromBlob instanceof Worker;
  const instead = isBlob ? 'a blob is used instead' : without;
  const found = refused
    ? `The content-security policy (${refused.directive}) refuses ${name}: ${instead}.`
    : `${name} ${whyNot(fromFile)}: ${instead}.`;
  const fix = refused
    ? policyFix("'self'", refused, workerUrl)
    : 'Serve socket-worker.js from the origin of the page, as text/javascript, and pass its address as workerUrl.';
  return { finding: { check, verdict: 'warning', found, fix }, worker: isBlob ? socketsIn(fromBlob) : undefined };
}

function whyNot({ name, message }: Error): string {
  if (name === 'SecurityError') return 'is of another origin';
  return message === 'The worker did not start.'
    ? 'is not there, or is no JavaScript'
    : `cannot be used. ${message.slice(0, -1)}`;
}
