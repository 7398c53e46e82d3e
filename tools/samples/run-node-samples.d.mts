import type { Emulator } from '@saystream/emulator';

import type { Sample } from './read-samples.mjs';
import type { SampleProject } from './sample-project.mjs';

/** A sample that runs in Node. */
export interface RunningSample {
  /** Resolves when it has ended, with what went wrong. */
  readonly exited: Promise<string | undefined>;
  /** The port that it listens on. */
  readonly listening: Promise<number>;
  /** All that it has printed. */
  printed(): string;
  /** Kills it. */
  stop(): void;
}

/** Starts a JavaScript file with this Node. The vendors are the emulator. */
export function startSample(file: string, emulator: Emulator): RunningSample;

/** Runs a sample to its end; resolves with what went wrong. */
export function runNodeSample(project: SampleProject, sample: Sample, emulator: Emulator): Promise<string | undefined>;
