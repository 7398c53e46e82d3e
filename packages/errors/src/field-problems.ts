import { member, textOf } from './response-body.ts';
import type { FieldProblem } from './speech-error.ts';

/** Members that hold problems without being a part of the request themselves. */
const holders = /^(?:detail|error)(s)?$/;

/** Parts of a path that are no field, but could harm a form library that sets values by path. */
const harmful = /__proto__|constructor/;

const joined = (path: string, part: unknown): string => {
  const name = String(part);
  if (/^\d+$/.test(name)) return `${path}[${name}]`;
  return /^(non_field_errors)?$/.test(name) ? path : path ? `${path}.${name}` : name;
};

/** The parts of FastAPI's `loc` (whose leading `body` is no field), of RFC 9457's JSON pointer, or of a plain name. */
const partsOf = (where: string | readonly unknown[]): readonly unknown[] =>
  typeof where === 'string' ? where.replace(/^#?\//, '').split('/') : where.slice(+(where[0] === 'body'));

/**
 * The per-field problems in a body: `errors[]` of Audixa, FastAPI's `detail[]`, Moknah's and Django's maps, RFC 9457's
 * pointers; nested, and as a list. One entry per message. A text directly under a name (`voice_id: 'abc123'`) is taken as
 * a message only inside `details` and `errors`, and only if `plainTexts`: on a 404 it is the id that was not found.
 */
export function fieldProblems(body: unknown, plainTexts: boolean): FieldProblem[] {
  const problems: FieldProblem[] = [];
  let left = 1000; // values to look into, whether beside or inside each other: hostile bodies have no end

  /**
   * @param own where the value itself is told of: for an item of a list, where the list is
   * @param inHolder the value is the body, or what only wraps the problems; its texts are no messages
   */
  function visit(value: unknown, own: string, path: string, inHolder: boolean): void {
    if (left-- < 0) return;
    if (textOf(value) && !inHolder && !harmful.test(own)) problems.push({ path: own, message: value as string });
    if (typeof value !== 'object' || !value) return;
    const first = (...names: readonly string[]): unknown => names.map((name) => member(value, name)).find(Boolean);
    // `{loc, msg}`, `{field, message}`, `{pointer, detail}`, or a message alone.
    const where = first('loc', 'field', 'pointer');
    const what = first('msg', 'message', 'detail');
    const isLocated = typeof where === 'string' || Array.isArray(where);
    if (!inHolder && (isLocated ? what : textOf(what))) {
      const at = partsOf(isLocated ? where : []).reduce<string>(joined, own);
      return visit(what, at, at, false);
    }
    const isList = Array.isArray(value);
    for (const [name, part] of Object.entries(value)) {
      const holder = inHolder && holders.exec(name);
      const inner = holder ? path : joined(path, name);
      if (isList || typeof part !== 'string' || (plainTexts && !inHolder))
        visit(part, isList ? own : inner, inner, !!holder && !holder[1]);
    }
  }

  visit(body, '', '', true);
  return problems;
}
