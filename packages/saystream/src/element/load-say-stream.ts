import { createAudixa } from '@saystream/audixa';
import { present, splitSentences } from '@saystream/core';
import { SpeechError } from '@saystream/errors';
import { createMoknah } from '@saystream/moknah';
import { createPlayer } from '@saystream/player';
import { createSauti } from '@saystream/sauti';

/** What the element takes from the script instead of holding it a second time: see tools/library-of-the-script.mjs. */
const library = { createAudixa, createMoknah, createPlayer, createSauti, present, SpeechError, splitSentences };

const fromDisk =
  '<say-stream> needs a page that is served: browsers load no modules for a page opened from disk. Serve it over http, for instance from localhost.';

/**
 * Registers `<say-stream>`, or the same element under another name. Loads `saystream.element.js` from beside this script;
 * rejects when that is not there, or when the page was opened from disk. Elements in the document are met by themselves: this is for those in a shadow tree.
 */
export async function defineSayStream(name?: string): Promise<void> {
  if (import.meta.url.startsWith('file:')) throw new Error(fromDisk);
  const shared: Record<symbol, unknown> = globalThis;
  shared[Symbol.for('saystream.library')] = library;
  const url = new URL('./saystream.element.js', import.meta.url).href;
  const element = (await import(/* @vite-ignore */ url)) as typeof import('./define-say-stream.ts');
  element.defineSayStream(name);
}

/** Loads the element as soon as the document has one: a page without pays nothing for it. */
export function defineOnSight(): void {
  const document: Document | undefined = globalThis.document; // a worker has none
  if (!document) return;
  const elements = document.getElementsByTagName('say-stream');
  const look = (): void => {
    if (elements.length === 0) return;
    observer.disconnect();
    defineSayStream().catch((error: unknown) => console.error(error));
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true });
  look();
}
