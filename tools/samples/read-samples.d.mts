/** One fenced code block of a page. */
export interface Sample {
  /** The page's path from the root. */
  readonly page: string;
  /** The heading above the block. */
  readonly heading: string;
  /** The line of the opening fence, from 1. */
  readonly line: number;
  /** The word behind the fence, such as `ts`. */
  readonly language: string;
  /** `page#heading`, and the block's number from the second one on. */
  readonly id: string;
  /** The file that the page asks the reader to make of the block. */
  readonly file?: string;
  /** The code. */
  readonly text: string;
  /** What the check does with it. */
  readonly use: 'json' | 'command' | 'text' | 'compile' | 'page' | 'server' | 'node';
}

export function samplesIn(page: string, markdown: string): Sample[];
export function readSamples(): Sample[];
