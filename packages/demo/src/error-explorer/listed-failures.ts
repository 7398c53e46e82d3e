import type { DocumentedFailures, ListedAnswer, ListedClose } from '../documented-failures.ts';
import { kindHeadlines } from '../page/kind-headlines.ts';
import { isUsuallyClean, type Question } from './question.ts';

/** A failure of the list, and the question that it is. */
export interface ListedQuestion {
  readonly label: string;
  readonly group: string;
  readonly question: Question;
}

/** What can be chosen for a vendor. */
export function listQuestions({ answers, closes }: DocumentedFailures, of: Question['of']): ListedQuestion[] {
  if (of === 'audixa-stream') return closes.map(listClose);
  return answers[of].map((listed) => ({
    label: answerLabel(listed),
    group: listed.group,
    question: {
      of,
      status: String(listed.status),
      headers: listed.headers,
      // As a text field gives it back.
      body: listed.body.replace(/\r\n?/g, '\n'),
      arrivedAt: listed.nowMs === undefined ? '' : new Date(listed.nowMs).toISOString(),
    },
  }));
}

const listClose = ({ code, kind, group }: ListedClose): ListedQuestion => ({
  label: `${code} · ${headlineOf(kind)}`,
  group,
  question: {
    of: 'audixa-stream',
    code: String(code),
    reason: '',
    phase: 'streaming',
    wasClean: isUsuallyClean(String(code)),
    errorMessage: '',
  },
});

/** `401 · The key was refused (a relative type)`: the table's own titles are written for tests, next to the status. */
function answerLabel({ title, status, kind }: ListedAnswer): string {
  const words = title.replace(new RegExp(`^(?:documented )?(?:status )?(?:${status}(?: alone)?)?(?:, )?`), '');
  return `${status} · ${headlineOf(kind)}${words ? ` (${words})` : ''}`;
}

const headlines: ReadonlyMap<string, string> = new Map(Object.entries(kindHeadlines));
const headlineOf = (kind: string): string => headlines.get(kind) ?? kind;

/** Which of the list a question is; -1 for none. A close stays what it is while one looks at it in another phase. */
export function indexOfQuestion(listed: readonly ListedQuestion[], question: Question): number {
  const asked = new Map<string, unknown>(Object.entries(question));
  return listed.findIndex(({ question: known }) =>
    Object.entries(known).every(([name, value]) => name === 'phase' || asked.get(name) === value),
  );
}
