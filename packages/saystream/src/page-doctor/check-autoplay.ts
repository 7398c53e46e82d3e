import { ok, within, type Finding } from './finding.ts';

/** Until the listener does something, most browsers let no page sound. */
export async function checkAutoplay(): Promise<Finding> {
  const allowed = (await policy()) ?? (await probe());
  if (allowed) return ok('autoplay', 'The page may sound now.');
  return {
    check: 'autoplay',
    verdict: 'warning',
    found: 'The page may not sound before the listener clicks, taps or presses a key.',
    fix: 'Call play() or unlock() in a handler of click, pointerup or keydown.',
  };
}

type AutoplayNavigator = Navigator & { getAutoplayPolicy?(type: 'audiocontext'): string };

/** What the browser says; only Firefox does. */
async function policy(): Promise<boolean | undefined> {
  const said = (navigator as AutoplayNavigator).getAutoplayPolicy?.('audiocontext');
  return said ? said === 'allowed' : undefined;
}

async function probe(): Promise<boolean> {
  if (typeof AudioContext === 'undefined') return false;
  const context = new AudioContext();
  await within(
    context.resume().catch(() => {}),
    undefined,
    500,
  );
  const { state } = context;
  await context.close();
  return state === 'running';
}
