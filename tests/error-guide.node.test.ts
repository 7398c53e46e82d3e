import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { compileSamples, fileOf, toJavaScript } from '../tools/samples/compile-samples.mjs';
import { samplesIn } from '../tools/samples/read-samples.mjs';
import { makeSampleProject } from '../tools/samples/sample-project.mjs';

const page = 'docs/errors/guide.md';
const samples = samplesIn(page, readFileSync(new URL(`../${page}`, import.meta.url), 'utf8'));

/** The heading of a sample, the library that it runs with, and whether the sample explains a call without an answer. */
const libraries = [
  ['Plain `fetch`', '', false],
  ['ky', 'ky', false],
  ['ky', 'ky-2', false],
  ['axios', 'axios', true],
  ['got', 'got', true],
] as const;

/** The answers of the server, and the facts that the sample must find in them. Each message proves that the body was read. */
const answers = {
  '/429': {
    status: 429,
    headers: { 'Retry-After': '2' },
    body: { detail: 'Ten a minute are allowed.' },
    explained: { kind: 'rate-limited', status: 429, retryable: true, retryAfterMs: 2_000 },
    says: 'Ten a minute are allowed.',
  },
  '/422': {
    status: 422,
    headers: {},
    body: { detail: [{ type: 'missing', loc: ['body', 'voice'], msg: 'Field required' }] },
    explained: { kind: 'invalid-request', status: 422, retryable: false, fields: [{ path: 'voice', message: 'Field required' }] },
    says: 'Field required',
  },
  '/402': {
    status: 402,
    headers: {},
    body: { error: { code: 'INSUFFICIENT_CREDITS', message: 'This needs 150 credits.' } },
    explained: { kind: 'insufficient-credits', status: 402, retryable: false },
    says: 'This needs 150 credits.',
  },
};

let server: Server;
let origin: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().on('end', () => {
      if (request.url === '/200') {
        response.end('sound');
        return;
      }
      const { status, headers, body } = answers[request.url as keyof typeof answers];
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Calls the sample's `speak` and prints what became of each address. */
const driver = `import { speak } from './SAMPLE';
const told = {};
for (const url of process.argv.slice(2)) {
  try {
    told[url] = { bytes: (await speak(url, { text: 'Hello' })).byteLength };
  } catch (error) {
    told[url] = { ...JSON.parse(JSON.stringify(error)), name: error.name };
  }
}
console.log(JSON.stringify(told));
`;

/** A project whose samples find one version of a library. */
function projectWith(library: string) {
  const project = makeSampleProject();
  if (library) {
    const link = join(project.folder, 'node_modules', library.replace(/-\d$/, ''));
    rmSync(link, { force: true });
    symlinkSync(realpathSync(new URL(`../node_modules/${library}`, import.meta.url)), link, 'junction');
  }
  return project;
}

const sampleOf = (heading: string) => samples.find((each) => each.heading === heading && each.language === 'ts')!;

test.each(['ky', 'ky-2'])('the samples of the guide compile with %s', (library) => {
  const project = projectWith(library);
  for (const other of ['axios', 'got']) {
    symlinkSync(realpathSync(new URL(`../node_modules/${other}`, import.meta.url)), join(project.folder, 'node_modules', other));
  }
  try {
    const compiled = libraries.filter(([, name]) => library === 'ky' || name === library);
    expect(
      compileSamples(
        project,
        [...new Set(compiled.map(([heading]) => heading))].map((heading) => sampleOf(heading)),
      ),
    ).toEqual([]);
  } finally {
    project.remove();
  }
});

test.each(libraries)(
  'the sample "%s", run with %s, explains what the server answers',
  async (heading, library, explainsSilence) => {
    const project = projectWith(library);
    try {
      const file = fileOf(project, sampleOf(heading)).replace(/\.mts$/, '.mjs');
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, toJavaScript(sampleOf(heading)));
      const run = join(dirname(file), 'run.mjs');
      writeFileSync(run, driver.replace('SAMPLE', file.slice(dirname(file).length + 1)));
      // Nothing listens on port 1.
      const urls = ['/200', ...Object.keys(answers)].map((path) => origin + path);
      const { stdout } = await promisify(execFile)(process.execPath, [run, ...urls, 'http://127.0.0.1:1/'], { timeout: 30_000 });
      const told = JSON.parse(stdout) as Record<string, { message: string; name: string }>;
      expect(told[`${origin}/200`]).toEqual({ bytes: 5 });
      for (const [path, { explained, says }] of Object.entries(answers)) {
        expect(told[origin + path]).toMatchObject({ name: 'SpeechError', ...explained });
        expect(told[origin + path]!.message).toContain(says);
      }
      const silence = told['http://127.0.0.1:1/'];
      if (explainsSilence) expect(silence).toMatchObject({ name: 'SpeechError', kind: 'unreachable' });
      else expect(silence!.name).not.toBe('SpeechError');
    } finally {
      project.remove();
    }
  },
);
