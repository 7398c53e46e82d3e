import type { Interruption, Knobs, Oddity } from './scenario-knobs.ts';

/** A scenario or a family of them. */
export interface ScenarioRow {
  /** As a person writes it: `<…>` stands for a number or a word, `[…]` for what may be left out. */
  readonly name: string;
  /** What happens. */
  readonly description: string;
  /** A name that can be used as it is. */
  readonly example: string;
  /** Matches the whole name. */
  readonly pattern: RegExp;
  /** Reads the knobs from the match; undefined refuses the number. */
  readonly knobs: (match: readonly string[]) => Knobs | undefined;
}

/** A scenario without a number. */
export const literal = (name: string, description: string, knobs: Knobs): ScenarioRow => ({
  name,
  description,
  example: name,
  pattern: new RegExp(`^${name}$`),
  knobs: () => knobs,
});
/** An oddity of a stream. */
export const odd = (name: Oddity, description: string): ScenarioRow => literal(name, description, { oddities: [name] });
/** A stream that ends otherwise. */
export const interrupt = (name: string, interruption: Interruption, description: string): ScenarioRow =>
  literal(name, description, { interruption });

/** `pause-<ms>` and the like: one whole number, at least `least`. */
export const numbered = (
  name: string,
  example: number,
  description: string,
  knobs: (n: number) => Knobs,
  least = 0,
): ScenarioRow => ({
  name,
  description,
  example: name.replace(/<\w+>/, String(example)),
  pattern: new RegExp(`^${name.replace(/<\w+>/, '(\\d{1,7})')}$`),
  knobs: ([, digits]) => (Number(digits) >= least ? knobs(Number(digits)) : undefined),
});
