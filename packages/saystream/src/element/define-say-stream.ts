import { SayStreamElement } from './say-stream-element.ts';

/**
 * Registers the element under a name, `say-stream` by default. Does nothing where the name is taken, or where there are
 * no elements, as on a server.
 */
export function defineSayStream(name = 'say-stream'): void {
  const elements: CustomElementRegistry | undefined = globalThis.customElements;
  // One class can have one name only.
  if (elements && !elements.get(name)) elements.define(name, class extends SayStreamElement {});
}
