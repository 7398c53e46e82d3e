// Apps of the suite that have no page: each is a command that must succeed.
//   script    the npm script that is run
//   prints    what it must print
//   tool      the npm package whose version is reported

const node = { folder: 'node', tool: '@saystream/audixa', prints: /^completed: \d{3,5} ms/m };
const typescript = { folder: 'typescript', tool: 'typescript', script: 'types' };

/** The least version that the documentation names. */
const leastTypescript = { typescript: '~5.0.4' };

export const nodeApps = [
  { ...node, name: 'node-esm', script: 'esm' },
  { ...node, name: 'node-commonjs', script: 'commonjs' },
  { ...typescript, name: 'typescript' },
  { ...typescript, name: 'typescript-least', versions: leastTypescript, onEveryPush: true },
  { name: 'vitest', folder: 'testing', tool: 'vitest', script: 'vitest', prints: /2 passed/ },
  { name: 'jest', folder: 'testing', tool: 'jest', script: 'jest', prints: /1 passed/, onEveryPush: true },
];
