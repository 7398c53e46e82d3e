// Blocks that are compiled but not run, and why. A row without a block fails the check.

/** @type {Readonly<Record<string, string>>} by the block's id */
export const compileOnly = {
  'docs/element.md#Script': 'declares types and runs nothing',
  'docs/playback-recordings.md#3. Replay': 'is a test in vitest of a recording that the reader has made',
  'docs/relay-deployment.md#More than one process: Redis (3)': 'connects to a Redis cluster at an address of the reader',
};
