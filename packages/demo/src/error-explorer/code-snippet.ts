import type { AnsweringVendor } from '../documented-failures.ts';
import { readHeaderLines } from './explain-question.ts';
import type { Question } from './question.ts';

const parserNames: Readonly<Record<AnsweringVendor, string>> = {
  audixa: 'parseAudixaError',
  sauti: 'parseSautiError',
  moknah: 'parseMoknahError',
  http: 'parseProblemDetails',
};
/** A test with a longer body than this is not worth reading. */
const longestBody = 3000;

/** How a program gets this explanation where the failure happens. */
export function usingSnippet({ of }: Question): string {
  if (of === 'audixa-stream') {
    return `import { explainAudixaClose } from '@saystream/errors';

// Kept while the stream goes on: phase, and errorMessage of an error frame.
socket.addEventListener('close', ({ code, reason, wasClean }) => {
  const close = { code, reason, wasClean, phase, errorMessage };
  const error = explainAudixaClose(close);
  if (error) console.error(error.message, error.advice);
});
`;
  }
  const parser = parserNames[of];
  return `import { ${parser}, readFailedExchange } from '@saystream/errors';

const response = await fetch(url, request);
if (!response.ok) {
  throw ${parser}(await readFailedExchange(response));
}
`;
}

/** This very failure as a call, for a test; undefined when its body is too long to be read. */
export function reproducingSnippet(question: Question): string | undefined {
  if (question.of === 'audixa-stream') {
    const { code, reason, phase, wasClean, errorMessage } = question;
    const close = {
      code: numberLiteral(code),
      reason: literal(reason),
      wasClean: wasClean ? 'true' : '',
      phase: literal(phase),
      errorMessage: literal(errorMessage),
    };
    return `explainAudixaClose(${members(close)});\n`;
  }
  const { of, status, headers, body, arrivedAt } = question;
  if (body.length > longestBody) return undefined;
  const pairs = [...readHeaderLines(headers)].map(([name, values]) => `${literal(name)}: ${literal(values.join(', '))}`);
  const exchange = {
    status: numberLiteral(status),
    headers: pairs.length ? `{ ${pairs.join(', ')} }` : '',
    body: literal(body),
    nowMs: Number.isNaN(Date.parse(arrivedAt)) ? '' : `Date.parse(${literal(arrivedAt)})`,
  };
  return `${parserNames[of]}(${members(exchange)});\n`;
}

const numberLiteral = (text: string): string => (/^\s*\d+\s*$/.test(text) ? String(Number(text)) : 'NaN');

function literal(text: string): string {
  if (!text) return '';
  const quoted = JSON.stringify(text);
  if (!quoted.includes('\\"')) return `'${quoted.slice(1, -1).replaceAll("'", "\\'")}'`;
  return text.includes("'") ? quoted : `'${quoted.slice(1, -1).replaceAll('\\"', '"')}'`;
}

const members = (values: Readonly<Record<string, string>>): string =>
  `{\n${Object.entries(values)
    .filter(([, value]) => value)
    .map(([name, value]) => `  ${name}: ${value},\n`)
    .join('')}}`;
