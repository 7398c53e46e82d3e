import { ok, type Finding } from './finding.ts';
import { allowing, watchPolicy } from './policy-violation.ts';

/** A worker that ran says so by the mistake it makes: the file is a worklet's. One that never came has no words. */
const runs = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    try {
      const worker = new Worker(url);
      const end = (ran: boolean): void => {
        worker.terminate();
        resolve(ran);
      };
      worker.onmessage = () => end(true);
      worker.onerror = (event) => {
        event.preventDefault?.();
        end(Boolean(event.message));
      };
      setTimeout(end, 2000, false);
    } catch {
      resolve(false); // another origin, or a policy where engines throw
    }
  });

async function runsFromBlob(): Promise<boolean> {
  const url = URL.createObjectURL(new Blob(['postMessage(1)'], { type: 'text/javascript' }));
  const ran = await runs(url);
  URL.revokeObjectURL(url);
  return ran;
}

/** A worker keeps the sound going while the page is busy; without one, speech is heard all the same. */
export async function checkWorker(file: URL): Promise<Finding> {
  const check = 'worker';
  const { result, refused } = await watchPolicy(() => runs(file.href));
  if (result) return ok(check, 'A worker was started from a file.');
  if (await runsFromBlob()) return ok(check, 'A worker was started from a blob.');
  const fix = refused
    ? `Change the Content-Security-Policy header to: ${allowing("'self'", refused)}`
    : 'Serve the files of this library from the origin of the page.';
  const why = refused ? `The content-security policy (${refused.directive}) refuses workers` : 'No worker can be started';
  return { check, verdict: 'warning', found: `${why}: a page that is busy interrupts the sound.`, fix };
}
