// A vitest reporter: how many tests passed and failed, by project, as JSON in the file that SAYSTREAM_COUNTS names.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const empty = () => ({ passed: 0, failed: 0, skipped: 0 });

export default class VitestCounts {
  onTestRunEnd(testModules, unhandledErrors) {
    const projects = {};
    for (const testModule of testModules) {
      // A browser's project is called `chromium (chromium)`.
      const [name] = testModule.project.name.split(' ');
      const counts = (projects[name] ??= empty());
      const tests = [...testModule.children.allTests()];
      for (const test of tests) counts[test.result().state] += 1;
      // A file that does not load, or holds no test, is a failure of its own.
      if (testModule.state() === 'failed' && !tests.some((test) => test.result().state === 'failed')) counts.failed += 1;
    }
    const file = process.env.SAYSTREAM_COUNTS;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ projects, unhandledErrors: unhandledErrors.length }));
  }
}
