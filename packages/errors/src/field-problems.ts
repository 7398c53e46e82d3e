import { membersOf, textOf } from './failure-body.ts';
import type { FieldProblem } from './speech-error.ts';

/** As many as an error keeps. */
const enough = 50;

/** `['items', 0, 'text']` → `items[0].text`. FastAPI puts the part of the request first. */
export function pathOf(location: unknown): string {
  if (!Array.isArray(location)) return textOf(location) ?? '';
  const steps = location[0] === 'body' ? location.slice(1) : location;
  return steps
    .slice(0, 20)
    .map((step: unknown, i) => (typeof step === 'number' ? `[${step}]` : `${i > 0 ? '.' : ''}${textOf(step) ?? ''}`))
    .join('');
}

/** A list of problems, `{field, message}` or FastAPI's `{loc, msg}`. Only texts count as messages. */
export function listedProblems(list: unknown): FieldProblem[] {
  if (!Array.isArray(list)) return [];
  return list.slice(0, enough).flatMap((entry: unknown) => {
    const { field, message, loc, msg } = membersOf(entry);
    const text = textOf(message) ?? textOf(msg);
    return text ? [{ path: pathOf(loc ?? field), message: text }] : [];
  });
}
