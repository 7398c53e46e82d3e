/** A folder in which samples find the built packages as an installed app does. */
export interface SampleProject {
  /** Its path. */
  readonly folder: string;
  /** Deletes it. */
  remove(): void;
}

/** Makes the folder. */
export function makeSampleProject(): SampleProject;
