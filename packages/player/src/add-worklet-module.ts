import { playerError } from './player-error.ts';

/** The worklet's default address. Bundlers recognise this form and emit the file; in the script-tag build it is the script's neighbour. */
export const workletFile = (): URL => new URL('./pcm-worklet.js', import.meta.url);

/**
 * Gives `context` our processor: from a file first, which a strict content-security policy allows, and from a blob when
 * the file is not there.
 */
export async function addWorkletModule(context: AudioContext, workletUrl: string | URL | undefined): Promise<void> {
  const worklet: AudioWorklet | undefined = context.audioWorklet;
  if (!worklet) throw noWorklet();
  let directive = 'script-src';
  try {
    await addFile(worklet, workletUrl).catch(async (error) => {
      if (context.state === 'closed') throw error; // meanwhile: Chromium would never answer for a second module
      const { addWorkletBlob } = await import('./add-worklet-blob.ts'); // most pages never need it
      await addWorkletBlob(worklet, (refusing) => (directive = refusing));
    });
  } catch (cause) {
    throw refusedWorklet(directive, cause);
  }
}

const blocked = (message: string, advice: string, cause?: unknown): Error =>
  playerError('playback-blocked', message, advice, cause);

const noWorklet = (): Error =>
  globalThis.isSecureContext
    ? blocked('This browser has no AudioWorklet.', 'Use a newer browser.')
    : blocked(
        'This page has no AudioWorklet, because it is not a secure context.',
        'Serve the page over https, or open it from localhost.',
      );

/** A blob needs no server, so only a policy can refuse it, or the browser itself in a page from disk. */
const refusedWorklet = (directive: string, cause: unknown): Error =>
  globalThis.location?.protocol === 'file:'
    ? blocked(
        'This page was opened from disk (file:), where browsers load no audio worklet.',
        'Serve the page from a web server, for example with `npx serve`, and open it from http://localhost.',
        cause,
      )
    : blocked(
        `The page's content-security policy (${directive}) refuses the audio worklet.`,
        `Serve pcm-worklet.js from an origin that ${directive} allows and pass its address as workletUrl, or allow blob: there.`,
        cause,
      );

async function addFile(worklet: AudioWorklet, workletUrl: string | URL | undefined): Promise<void> {
  await worklet.addModule(String(workletUrl ?? workletFile()));
}
