/// <reference path="./virtual-pcm-worklet-source.d.ts" />
import { playerError } from './player-error.ts';

/**
 * Gives `context` our processor: from a file first, which a strict content-security policy allows, and from a blob when
 * the file is not there (many bundlers and content networks do not carry it along).
 */
export async function addWorkletModule(context: AudioContext, workletUrl: string | URL | undefined): Promise<void> {
  const worklet: AudioWorklet | undefined = context.audioWorklet;
  if (!worklet) {
    throw playerError(
      'playback-blocked',
      'This page has no AudioWorklet, because it is not a secure context.',
      'Serve the page over https, or open it from localhost.',
    );
  }
  // A blob is there by itself, so only a policy can refuse it. Which directive did is in this event, where engines send it:
  // Chromium sends none for worklets and rejects with a bare AbortError.
  let directive = 'script-src';
  const onViolation = ({ disposition, effectiveDirective }: SecurityPolicyViolationEvent): void => {
    if (disposition === 'enforce' && /^(script|worker)-src/.test(effectiveDirective)) directive = effectiveDirective;
  };
  document.addEventListener('securitypolicyviolation', onViolation);
  try {
    await addFile(worklet, workletUrl).catch(() => addBlob(worklet));
  } catch (cause) {
    await new Promise((resolve) => setTimeout(resolve)); // the event may come after the rejection
    throw playerError(
      'playback-blocked',
      `The page's content-security policy (${directive}) refuses the audio worklet.`,
      `Serve pcm-worklet.js from an origin that ${directive} allows and pass its address as workletUrl, or allow blob: there.`,
      cause,
    );
  } finally {
    document.removeEventListener('securitypolicyviolation', onViolation);
  }
}

async function addFile(worklet: AudioWorklet, workletUrl: string | URL | undefined): Promise<void> {
  // Bundlers recognise this form and carry the file along; in the script-tag build it is the script's neighbour.
  const url = workletUrl ?? new URL('./pcm-worklet.js', import.meta.url);
  await worklet.addModule(String(url));
}

async function addBlob(worklet: AudioWorklet): Promise<void> {
  const { default: source } = await import('virtual:pcm-worklet-source'); // most pages never need it
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  try {
    await worklet.addModule(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}
