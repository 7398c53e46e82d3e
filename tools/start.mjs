// `pnpm start`: builds what the demo needs and serves it. Ctrl-C ends it.
import { existsSync } from 'node:fs';

import { requireNode, root, runTool, step, tools } from './steps.mjs';

requireNode(20, 19);
const server = new URL('../packages/demo/dist/server/main.js', import.meta.url);
try {
  await step('Building the packages and the demo page', () => runTool(tools.rollup, ['-c', '--silent', '--configDemoOnly']));
  if (!existsSync(server)) throw new Error(`The build made no ${server.pathname.slice(root.length)}.`);
  console.log('\n▶ Starting the demo');
  await import(server);
} catch (error) {
  console.error(`\n${error.stack ?? error}`);
  process.exit(1);
}
