// Blocks that are compiled but not run, and why. A row without a block fails the check.

/** @type {Readonly<Record<string, string>>} by the block's id */
export const compileOnly = {
  'docs/element.md#Script': 'declares types and runs nothing',
  'docs/playback-recordings.md#3. Replay': 'is a test in vitest of a recording that the reader has made',
  'docs/speak-what-a-model-writes.md#OpenAI': 'asks a model with a key of the reader',
  'docs/speak-what-a-model-writes.md#Anthropic': 'asks a model with a key of the reader',
  'docs/speak-what-a-model-writes.md#Vercel AI SDK': 'asks a model with a key of the reader',
  'docs/speak-what-a-model-writes.md#Plain fetch': 'asks a server of the reader',
  'docs/speak-what-a-model-writes.md#Markdown': 'asks a server of the reader',
  'docs/speak-what-a-model-writes.md#With a script tag': 'names files beside the page and does nothing with them',
  'docs/relay-deployment.md#More than one process: Redis (3)': 'connects to a Redis cluster at an address of the reader',
};
