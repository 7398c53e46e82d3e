import { ok, type Finding } from './finding.ts';
import { policyFix, watchPolicy } from './policy-violation.ts';

/** The library's worker, and the one of the blob, say something as soon as they run; a page of HTML in their place does not. */
const runs = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    try {
      const worker = new Worker(url, { type: 'module' });
      const end = (ran: boolean): void => {
        worker.terminate();
        resolve(ran);
      };
      worker.onmessage = () => end(true);
      worker.onerror = (event) => {
        event.preventDefault?.();
        end(false);
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
  if (result) return ok(check, `${file.pathname} was started.`);
  const warning = { check, verdict: 'warning' } as const;
  const without = 'without a worker, a page that is busy interrupts the sound';
  if (refused) {
    const found = `The content-security policy (${refused.directive}) refuses ${file.href}: ${without}.`;
    return { ...warning, found, fix: policyFix("'self'", refused, file) };
  }
  const fix = 'Serve socket-worker.js from the origin of the page, as text/javascript, and pass its address as workerUrl.';
  if (file.origin !== location.origin) return { ...warning, found: `${file.href} is of another origin: ${without}.`, fix };
  const instead = 'a blob is used instead where the build has one, and the script tag’s has none';
  const found = `${file.href} is not there, or is no JavaScript: ${(await runsFromBlob()) ? instead : without}.`;
  return { ...warning, found, fix };
}
