// Writes docs/errors/{audixa,sauti,moknah}.md from the golden table of @saystream/errors: `node tools/write-error-docs.mjs`.
// With --check it writes nothing, and fails when a page is not what the table says.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { build } from 'esbuild';

import { root } from './workspace-packages.mjs';

const isCheck = process.argv.includes('--check');
const work = mkdtempSync(join(tmpdir(), 'error-docs-'));

async function goldenTable() {
  const contents = ['golden/error-cases.ts', 'golden/close-cases.ts', 'index.ts']
    .map((file) => `export * from './${file}';`)
    .join('');
  const outfile = join(work, 'golden.mjs');
  await build({
    stdin: { contents, resolveDir: join(root, 'packages/errors/src') },
    bundle: true,
    format: 'esm',
    outfile,
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
}

const pages = {
  audixa: {
    name: 'Audixa',
    parser: 'parseAudixaError',
    notes: [
      'The number in “retry after 30 seconds” is used only when neither `Retry-After` nor a reset header can be read: a page on another origin sees no headers unless the server exposes them.',
      'Newer documents of the vendor answer a new job with 200 where this page says 201, and add 403 for what a plan may not use. Both are understood.',
    ],
  },
  sauti: {
    name: 'SAUTI',
    parser: 'parseSautiError',
    notes: [
      'The code is the last path segment of `type`; `title` is not used for it, since that of `job_not_complete` is only “Conflict”.',
      'After a job that failed, its audio may answer 409 for ever: decide by the job’s status, not by 409.',
    ],
  },
  moknah: {
    name: 'Moknah',
    parser: 'parseMoknahError',
    notes: [
      'The vendor’s pages contradict each other about `Moknah-Credits-Remaining` and `Moknah-Credits-Used`: credits of the account and of this request on one, of this minute on the other. So `credits` takes the body’s `credits_remaining` and `credits_required` first; `Moknah-Credits-Used` counts as `required` on a 402 only; and `remaining` is a hint, not a balance to show.',
      '`RateLimit-Reset` is a Unix time here, while the drafts of that name mean seconds from now. The magnitude tells them apart. The vendor sends it with every answer, so it counts on a 429 only.',
      '`"success": False` on the vendor’s page is Python; it is understood, and so is an error without `success`, or one under a status of 200.',
      'A 404’s `details` (`{ "voice_id": "abc123" }`) name what was not found. They are no field problem.',
    ],
  },
};

const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
const table = (head, rows) => [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
const code = (text) => `\`${text}\``;
const yes = (flag) => (flag ? 'yes' : 'no');

/** The facts an error holds beyond its kind, as a reader would want to meet them. */
function factsOf({ fields, credits, retryAfterMs, generationId }) {
  const facts = [
    ...fields.map(({ path, message }) => `${path ? code(path) : 'whole request'}: ${message}`),
    ...Object.entries(credits ?? {}).map(([name, amount]) => `credits ${name}: ${amount}`),
    ...(retryAfterMs === undefined ? [] : [`wait ${retryAfterMs / 1000} s`]),
    ...(generationId === undefined ? [] : [`generation ${code(generationId)}`]),
  ];
  return facts.join('; ') || '–';
}

function pageOf(vendor, { errorCases, closeCases, explainAudixaClose }) {
  const { name, parser, notes } = pages[vendor];
  const { parse, cases } = errorCases.find((entry) => entry.vendor === vendor);
  const rowOf = ({ title, exchange }) => {
    const error = parse(exchange);
    const { kind, status, code: vendorCode, retryable, billed, advice } = error;
    const seen = [status === undefined ? 'no status' : `**${status}**`, vendorCode && code(vendorCode)].filter(Boolean).join(' ');
    return [seen, title.replace(/^documented /, ''), code(kind), advice, yes(retryable), billed, factsOf(error)];
  };
  const head = ['you see', 'which', 'kind', 'who does what', 'retry', 'billed', 'also in the error'];
  const isDocumented = ({ title }) => title.startsWith('documented');
  const closes = closeCases
    .filter(({ code: closeCode }) => closeCode >= 1000)
    .map(({ code: closeCode }) => {
      const [connecting, streaming] = ['connecting', 'streaming'].map((phase) =>
        explainAudixaClose({ code: closeCode, reason: '', wasClean: false, phase }),
      );
      return [
        `**${closeCode}**`,
        code(streaming.kind),
        connecting.kind === streaming.kind ? '–' : code(connecting.kind),
        streaming.advice,
        yes(streaming.retryable),
      ];
    });
  return `# ${name}: every failure explained

<!-- Written by tools/write-error-docs.mjs from the golden table of @saystream/errors. Change the table, not this page. -->

What ${code(parser)} makes of each answer. \`billed\` says whether the vendor charged for it; \`unknown\` means: do not send it
again blindly.

## Documented by the vendor

${table(head, cases.filter(isDocumented).map(rowOf))}
${vendor === 'audixa' ? `\n## Closes of a stream\n\nBefore \`completed\`; afterwards no close is an error. 44xx and 45xx are the saystream relay’s. Before the socket opens nothing\nis billed, afterwards it is \`unknown\`.\n\n${table(['code', 'kind', 'while connecting', 'who does what', 'retry'], closes)}\n` : ''}
## Good to know

${notes.map((note) => `- ${note}`).join('\n')}

## Also understood

${table(head, cases.filter((row) => !isDocumented(row)).map(rowOf))}
`;
}

/** As oxfmt would write it, so that the page passes the format check. */
function formatted(file, text) {
  writeFileSync(file, text);
  const oxfmt = join(dirname(createRequire(import.meta.url).resolve('oxfmt/package.json')), 'bin/oxfmt');
  execFileSync(process.execPath, [oxfmt, '-c', join(root, '.oxfmtrc.json'), file], { cwd: work });
  return readFileSync(file, 'utf8');
}

try {
  const golden = await goldenTable();
  const folder = join(root, 'docs/errors');
  mkdirSync(folder, { recursive: true });
  const stale = [];
  for (const vendor of Object.keys(pages)) {
    const file = join(folder, `${vendor}.md`);
    const text = formatted(join(work, `${vendor}.md`), pageOf(vendor, golden));
    if (!isCheck) writeFileSync(file, text);
    else if (readFileSync(file, 'utf8') !== text) stale.push(`docs/errors/${vendor}.md`);
  }
  if (stale.length) {
    console.error(`${stale.join(', ')}: not what the golden table says. Run node tools/write-error-docs.mjs`);
    process.exitCode = 1;
  }
} finally {
  rmSync(work, { recursive: true });
}
