import { fileURLToPath } from 'node:url';

import { buildSync } from 'esbuild';

import type { AnsweringVendor, DocumentedFailures, ListedAnswer, ListedClose } from '../documented-failures.ts';

/** The part of the golden table's rows that the page lists. */
interface GoldenCase {
  readonly title: string;
  readonly kind: string;
  readonly exchange: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
    readonly nowMs?: number;
  };
}
interface GoldenTable {
  readonly errorCases: readonly { readonly vendor: AnsweringVendor; readonly cases: readonly GoldenCase[] }[];
  readonly closeCases: readonly { readonly code: number; readonly kind: string }[];
  readonly documentedFacts: { readonly audixa: { readonly closeCodes: readonly number[] } };
}

const names: Readonly<Record<AnsweringVendor, string>> = { audixa: 'Audixa', sauti: 'SAUTI', moknah: 'Moknah', http: '' };
/** The hostile rows of the table are long and explain nothing to a reader. */
const longestListed = 2000;

let read: Promise<DocumentedFailures> | undefined;

/** The failures of the golden table of @saystream/errors, as it is in this checkout, by vendor. Read once, when asked for. */
export const readDocumentedFailures = (): Promise<DocumentedFailures> => (read ??= importGolden().then(listFailures));

/** The table belongs to the tests of its package, which publishes none of it: so it is made a module here, like for docs/errors. */
async function importGolden(): Promise<GoldenTable> {
  const contents = ['error-cases', 'close-cases', 'documented-facts'].map((file) => `export * from './${file}.ts';`).join('');
  // Counts from src/server as well as from dist/server.
  const resolveDir = fileURLToPath(new URL('../../../errors/src/golden', import.meta.url));
  const { outputFiles } = buildSync({ stdin: { contents, resolveDir }, bundle: true, format: 'esm', write: false });
  const url = `data:text/javascript;base64,${Buffer.from(outputFiles[0]!.contents).toString('base64')}`;
  return (await import(/* @vite-ignore */ url)) as GoldenTable;
}

/** Documented ones first, then by number. Of those that show the same, only the first. */
function inOrder<T extends ListedAnswer | ListedClose>(rows: readonly T[], numberOf: (row: T) => number): T[] {
  const place = (row: T): number => numberOf(row) + (row.group.startsWith('Documented') ? 0 : 10_000);
  const shown = rows.map((row) => JSON.stringify({ ...row, title: '', group: '' }));
  return rows.filter((_, index) => shown.indexOf(shown[index]!) === index).toSorted((a, b) => place(a) - place(b));
}

function listFailures({ errorCases, closeCases, documentedFacts }: GoldenTable): DocumentedFailures {
  const anyServers = new Set(errorCases.find(({ vendor }) => vendor === 'http')?.cases);
  const answers = errorCases.map(({ vendor, cases }) => [
    vendor,
    inOrder(
      cases.filter((row) => vendor === 'http' || !anyServers.has(row)).flatMap((row) => listAnswer(vendor, row)),
      ({ status }) => status,
    ),
  ]);
  const closes = closeCases
    .filter(({ code }) => code >= 1000)
    .map(({ code, kind }): ListedClose => ({ code, kind, group: closeGroup(code, documentedFacts.audixa.closeCodes) }));
  return { answers: Object.fromEntries(answers) as DocumentedFailures['answers'], closes: inOrder(closes, ({ code }) => code) };
}

function listAnswer(vendor: AnsweringVendor, { title, kind, exchange }: GoldenCase): ListedAnswer[] {
  const { status, headers = {}, body, nowMs } = exchange;
  const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body, null, 2);
  if (!(status >= 100 && status < 600 && Number.isInteger(status)) || text.length > longestListed) return [];
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [{ title, group: answerGroup(vendor, title), kind, status, headers: lines.join('\n'), body: text, nowMs }];
}

function answerGroup(vendor: AnsweringVendor, title: string): string {
  if (vendor === 'http') return /^status \d+ alone$/.test(title) ? 'A status and nothing else' : 'From servers and proxies';
  return title.startsWith('documented') ? `Documented by ${names[vendor]}` : 'Also understood';
}

function closeGroup(code: number, documented: readonly number[]): string {
  if (documented.includes(code)) return 'Documented by Audixa';
  if (code < 3000) return 'Of the WebSocket standard';
  return code >= 4400 && code < 4600 ? 'Of the saystream relay' : 'Of nobody known';
}
