import { member, textOf } from './response-body.ts';
import type { FieldProblem } from './speech-error.ts';

/** Members of a body that hold problems without being a part of the request themselves; the texts of the first group are no problems. */
const holders = /^(?:(detail|error)|details|errors|issues|violations|messages?|invalid[-_]params)$/;

/** Names that are no part of a path, at any depth: those of Django and zod. */
const transparent = /^(?:non_field_errors|_errors|formErrors|fieldErrors)?$/;

/** A text under one of these, or a holder, makes the body a message about problems. What else it has is an extension, perhaps an echo. */
const sentences = /^(?:title|type)$/;

/** Names under which servers give the request back, as FastAPI's `input`. A list may still hold what is wrong with such a field. */
const echoes = /^(?:input|request|body|payload|ctx|@.*)$/;

/** Parts of a path that are no field, but could harm a form library that sets values by path. */
const harmful = /__proto__|constructor/;

const joined = (path: string, part: unknown): string => {
  const name = String(part);
  return transparent.test(name) ? path : path ? `${path}.${name}` : name;
};

/**
 * The parts of FastAPI's `loc` (whose leading `body` is no field), of a JSON pointer (JSON:API's begin with
 * `/data/attributes`), or of a plain name.
 */
const partsOf = (where: string | readonly unknown[]): readonly unknown[] =>
  typeof where === 'string' ? where.replace(/^#?\/(data\/attributes\/)?/, '').split('/') : where.slice(+(where[0] === 'body'));

const first = (value: object, names: readonly string[]): unknown =>
  names.map((name) => member(value, name)).find((part) => part !== undefined);

/**
 * The per-field problems in a body: `errors[]` of Audixa, FastAPI's `detail[]`, RFC 9457's pointers, and maps of names to
 * messages as of Moknah, Django, ASP.NET and Laravel; nested, and as a list. One entry per message. A text directly under a
 * name (`voice_id: 'abc123'`) is taken as a message only inside `details` and `errors`, and only if `plainTexts`: on a 404 it
 * is the id that was not found.
 * @param clean what may be shown of a text
 * @param translate rewrites the shapes of other servers as one of these
 */
export function fieldProblems(
  body: unknown,
  plainTexts: boolean,
  clean: (text: unknown) => string,
  translate: (value: object, isBody: boolean) => object = (value) => value,
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  let left = 1000; // values to look into, whether beside or inside each other: hostile bodies have no end

  /**
   * @param own where the value itself is told of: for an item of a list, where the list is
   * @param inHolder the value is the body, or what only wraps the problems; its texts are no messages
   */
  function visit(given: unknown, own: string, path: string, inHolder: boolean): void {
    if (left-- < 0) return;
    const message = clean(given);
    // An echo of the request is no problem with a field.
    if (message && message !== '***' && !inHolder && !harmful.test(own))
      problems.push({ path: clean(own.replace(/^\$\./, '').replace(/(^|\.)(\d+)(?=\.|$)/g, '[$2]')), message });
    if (typeof given !== 'object' || !given) return;
    const value = translate(given, inHolder);
    const where = first(value, ['loc', 'field', 'path', 'pointer']);
    const what = first(value, ['msg', 'message', 'detail']);
    const isLocated = typeof where === 'string' || Array.isArray(where);
    if (!inHolder && (isLocated ? what : textOf(what))) {
      const at = partsOf(isLocated ? where : []).reduce<string>(joined, own);
      return visit(what, at, at, false);
    }
    const isList = Array.isArray(value);
    const entries = Object.entries(value);
    const isAboutProblems =
      inHolder &&
      !isList &&
      entries.some(([name, part]) => holders.test(name) || (typeof part === 'string' && sentences.test(name)));
    for (const [name, part] of entries) {
      const holder = inHolder && holders.exec(name);
      if (!isList && !Array.isArray(part) && echoes.test(name)) continue;
      if (isAboutProblems && !holder && !transparent.test(name)) continue;
      const inner = holder ? path : joined(path, name);
      if (isList || typeof part !== 'string' || (plainTexts && !inHolder))
        visit(part, isList ? own : inner, inner, !!(holder && holder[1]));
    }
  }

  visit(body, '', '', true);
  return problems;
}
