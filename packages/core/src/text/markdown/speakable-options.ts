import type { Pronunciations } from './rewrite-words.ts';

/** How to speak a part that is not prose: `drop` leaves it out, `keep` speaks it as written, `announce` says a word for it. */
export type Unspoken = 'drop' | 'keep' | 'announce';

/** How Markdown is spoken. */
export interface SpeakableOptions {
  /** Code blocks. Default `drop`. */
  readonly codeBlocks?: Unspoken;
  /** Code inside a line. Default `keep`. */
  readonly inlineCode?: Unspoken;
  /** Formulas of TeX in dollars, `\(…\)` and `\[…\]`. Default `drop`. */
  readonly math?: Unspoken;
  /** Emoji. Default `drop`. */
  readonly emoji?: 'drop' | 'keep';
  /** Whether a task is done. `announce` says it before the task. Default `drop`. */
  readonly tasks?: 'drop' | 'announce';
  /** The words that `announce` says. Default: English words. */
  readonly words?: Partial<AnnouncedWords>;
  /** The language of the text, a BCP 47 tag. It chooses among pronunciations. Default: those for every language only. */
  readonly language?: string;
  /**
   * How words are said: `{ SQL: 'sequel', GIF: { en: 'jiff' } }`. Whole words count. A key with a capital matches exactly, a
   * key without one in any case.
   */
  readonly pronunciations?: Pronunciations;
}

/** The words that are spoken in place of parts that cannot be spoken. */
export interface AnnouncedWords {
  /** For a code block. Default `Code example.` */
  readonly codeBlock: string;
  /** For code inside a line. Default `code` */
  readonly inlineCode: string;
  /** For a formula. Default `formula` */
  readonly math: string;
  /** Before a task that is done. Default `Done:` */
  readonly done: string;
  /** Before a task that is not done. Default `To do:` */
  readonly open: string;
}

const english: AnnouncedWords = {
  codeBlock: 'Code example.',
  inlineCode: 'code',
  math: 'formula',
  done: 'Done:',
  open: 'To do:',
};

const choices: Readonly<Record<string, readonly string[]>> = {
  codeBlocks: ['drop', 'keep', 'announce'],
  inlineCode: ['drop', 'keep', 'announce'],
  math: ['drop', 'keep', 'announce'],
  emoji: ['drop', 'keep'],
  tasks: ['drop', 'announce'],
};

/** Options with their defaults. */
export type FullOptions = Required<Omit<SpeakableOptions, 'words'>> & { readonly words: AnnouncedWords };

/**
 * Fills in the defaults.
 *
 * @throws TypeError if an option has a value that it cannot have
 */
export function fillOptions(options: SpeakableOptions): FullOptions {
  const full: FullOptions = {
    codeBlocks: 'drop',
    inlineCode: 'keep',
    math: 'drop',
    emoji: 'drop',
    tasks: 'drop',
    language: '',
    pronunciations: {},
    ...options,
    words: { ...english, ...options.words },
  };
  for (const [name, allowed] of Object.entries(choices)) {
    const value: unknown = full[name as keyof FullOptions];
    if (!allowed.includes(String(value))) {
      throw new TypeError(`speakable: ${name} is ${JSON.stringify(value)}. It can be ${allowed.join(', ')}.`);
    }
  }
  return full;
}
