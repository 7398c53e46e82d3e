import type { Voice } from '@saystream/core';

import type { Label } from './element-words.ts';
import type { ReflectedAttributes } from './reflected-attributes.ts';

type Properties = { readonly [Name in keyof ReflectedAttributes]?: ReflectedAttributes[Name] | undefined };
type Words = { readonly [Name in Label as `label-${Name}`]?: string | undefined };

/**
 * What markup can give to `<say-stream>`, for the types of JSX, Vue and Svelte. Everything of a plain HTML element comes from the
 * framework's own types.
 */
export interface SayStreamAttributes extends Properties, Words {
  /** A voice of a client that the page made itself. Needs a framework that sets properties: React 19, Preact, Vue, Svelte. */
  readonly speaker?: Voice | null | undefined;
}
