import { ok, shownAddress, within, type Finding } from './finding.ts';
import { policyFix, sourceOf, watchPolicy } from './policy-violation.ts';

const canLoad = (url: string): Promise<boolean> =>
  // Offline, so that neither a sound device nor a gesture is needed.
  within(
    new OfflineAudioContext(1, 128, 24_000).audioWorklet.addModule(url).then(
      () => true,
      () => false,
    ),
    false,
  );

/** Engines do not say why a worklet was refused. Preloading the same file falls under the same directive, and says. */
const preload = (url: string): Promise<void> =>
  new Promise((resolve) => {
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = url;
    link.onload = link.onerror = () => resolve();
    document.head.append(link);
    setTimeout(resolve, 1000);
    setTimeout(() => link.remove(), 1000);
  });

async function loadsFromBlob(): Promise<boolean> {
  const url = URL.createObjectURL(new Blob([''], { type: 'text/javascript' }));
  const loads = await canLoad(url);
  URL.revokeObjectURL(url);
  return loads;
}

/** Really loads the player's worklet: from its file, else from a blob, as the player does. */
export async function checkWorklet(url: URL): Promise<Finding> {
  const check = 'worklet';
  if (typeof OfflineAudioContext === 'undefined' || typeof AudioWorklet === 'undefined') {
    return { check, verdict: 'broken', found: 'This page has no AudioWorklet.', fix: 'See secure-context.' };
  }
  if (await canLoad(url.href)) return ok(check, `${shownAddress(url)} was loaded.`);
  if (location.protocol === 'file:' && !(await loadsFromBlob())) {
    const found = 'The page was opened from disk (file:), where browsers load no audio worklet.';
    return { check, verdict: 'broken', found, fix: 'Serve the page from a web server, such as http://localhost.' };
  }
  const { refused } = await watchPolicy(() => preload(url.href));
  const fromBlob = await loadsFromBlob();
  const found = refused
    ? `The content-security policy (${refused.directive}) refuses ${shownAddress(url)}`
    : `${shownAddress(url)} is not there, or is no JavaScript`;
  const fix = refused
    ? policyFix(sourceOf(url), refused, url)
    : `Serve pcm-worklet.js there, as text/javascript, or pass its address as workletUrl.`;
  return fromBlob
    ? { check, verdict: 'warning', found: `${found}; a blob is used instead.`, fix }
    : { check, verdict: 'broken', found: `${found}, and a blob is refused as well.`, fix };
}
