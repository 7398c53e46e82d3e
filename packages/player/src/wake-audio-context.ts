import { holdAudioSession } from './hold-audio-session.ts';

/**
 * What browsers count as a gesture (touch counts when the finger lifts, and a screen reader's press is nothing but a click), and
 * the page's coming back.
 */
const occasions = ['pointerdown', 'pointerup', 'touchend', 'keydown', 'click', 'visibilitychange'] as const;

/** Longer than a device takes to start, short enough to show a button before the listener wonders. */
const blockedAfterMs = 500;

/**
 * Keeps a context running while something plays on it: tries at once, at every gesture (in the capture phase, so that no
 * handler of the page can swallow it), and when iOS ends an interruption or the page comes back. `onBlocked` is called
 * once if it does not run. Returns a function that lets go.
 */
export function wakeAudioContext(context: AudioContext, onBlocked: () => void): () => void {
  const wake = (): void => {
    if (context.state !== 'running') context.resume().catch(() => {}); // refused, or closed meanwhile: the next gesture tries again
  };
  const onStateChange = (): void => {
    if (context.state === 'interrupted') wake();
  };
  const timer = setTimeout(() => {
    if (context.state !== 'running') onBlocked();
  }, blockedAfterMs);
  const releaseSession = holdAudioSession();
  for (const occasion of occasions) document.addEventListener(occasion, wake, true);
  context.addEventListener('statechange', onStateChange);
  wake();
  return () => {
    clearTimeout(timer);
    releaseSession();
    for (const occasion of occasions) document.removeEventListener(occasion, wake, true);
    context.removeEventListener('statechange', onStateChange);
  };
}
