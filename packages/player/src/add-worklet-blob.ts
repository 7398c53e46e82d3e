/// <reference path="./virtual-pcm-worklet-source.d.ts" />
import workletSource from 'virtual:pcm-worklet-source';

/**
 * Adds our processor from a blob: what is left when its file is not there, because many bundlers and content networks do not
 * carry it along. A blob is there by itself, so only a policy can refuse it: `onRefused` is told by which directive, where
 * the engine says so. Chromium says nothing for worklets and rejects with a bare AbortError.
 */
export async function addWorkletBlob(worklet: AudioWorklet, onRefused: (directive: string) => void): Promise<void> {
  const url = URL.createObjectURL(new Blob([workletSource], { type: 'text/javascript' }));
  const onViolation = ({ disposition, effectiveDirective }: SecurityPolicyViolationEvent): void => {
    if (disposition === 'enforce' && /^(script|worker)-src/.test(effectiveDirective)) onRefused(effectiveDirective);
  };
  document.addEventListener('securitypolicyviolation', onViolation);
  try {
    await worklet.addModule(url);
  } catch (cause) {
    await new Promise((resolve) => setTimeout(resolve)); // the event may come after the rejection
    throw cause;
  } finally {
    document.removeEventListener('securitypolicyviolation', onViolation);
    URL.revokeObjectURL(url);
  }
}
