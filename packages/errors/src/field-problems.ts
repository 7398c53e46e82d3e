import { problemIn } from './problem-shapes.ts';
import { member, textOf } from './response-body.ts';
import type { FieldProblem } from './speech-error.ts';

/** Members of a body that hold problems without being a part of the request themselves; the texts of the first group are no problems. */
const holders = /^(?:(detail|error)|details|errors|issues|violations|validation|messages?|invalid[-_]params)$/;

/** Names that are no part of a path, at any depth: those of Django, zod and google.rpc. */
const transparent = /^(?:non_field_errors|_errors|formErrors|fieldErrors|fieldViolations)?$/;

/** A text under one of these makes the body a message about problems. What else it has is an extension, perhaps an echo. */
const sentences = /^(?:title|type|message|detail|error)$/;

/** Names under which servers give the request back, as FastAPI's `input`. A list may still hold what is wrong with such a field. */
const echoes = /^(?:input|request|body|payload|ctx|@.*)$/;

/** Parts of a path that are no field, but could harm a form library that sets values by path. */
const harmful = /__proto__|constructor/;

/** The field that a sentence of NestJS, Fastify (`body/text must be string`) or hapi begins with. */
const named = /^"?(?:body\/)?([\w.[\]/-]{1,80})"? (?:must|should|is) /;

const joined = (path: string, part: unknown = ''): string => {
  const name = String(part);
  // google.rpc's list stands inside another list, which is none of the request's.
  if (name === 'fieldViolations') return '';
  return transparent.test(name) ? path : path ? `${path}.${name}` : name;
};

/**
 * The per-field problems in a body: those of `problem-shapes.ts`, and maps of names to messages as of Moknah, Django,
 * ASP.NET and Laravel; nested, and as a list. One entry per message. A text directly under a name (`voice_id: 'abc123'`) is
 * taken as a message only inside `details` and `errors`, and only if `plainTexts`: on a 404 it is the id that was not found.
 */
export function fieldProblems(body: unknown, plainTexts: boolean): FieldProblem[] {
  const problems: FieldProblem[] = [];
  // The frameworks that name the field in the sentence.
  const isNamed = member(body, 'statusCode') !== undefined;
  let left = 1000; // values to look into, whether beside or inside each other: hostile bodies have no end

  function add(path: string, message: string): void {
    const at = path || (isNamed && named.exec(message)?.[1]?.replaceAll('/', '.')) || '';
    if (!harmful.test(at)) problems.push({ path: at.replace(/^\$\./, '').replace(/(^|\.)(\d+)(?=\.|$)/g, '[$2]'), message });
  }

  /**
   * @param own where the value itself is told of: for an item of a list, where the list is
   * @param inHolder the value is the body, or what only wraps the problems; its texts are no messages
   */
  function visit(value: unknown, own: string, path: string, inHolder: boolean): void {
    if (left-- < 0) return;
    if (textOf(value) && !inHolder) add(own, value as string);
    if (typeof value !== 'object' || !value) return;
    const problem = !inHolder && problemIn(value);
    if (problem) {
      const at = problem.parts.reduce<string>(joined, own);
      return visit(problem.what, at, at, false);
    }
    const isList = Array.isArray(value);
    const entries = Object.entries(value);
    const holds = ([name, part]: [string, unknown]): boolean => (typeof part === 'string' ? sentences : holders).test(name);
    const isAboutProblems = inHolder && !isList && entries.some(holds);
    for (const [name, part] of entries) {
      const holder = inHolder && holders.exec(name);
      if (!isList && !Array.isArray(part) && echoes.test(name)) continue;
      if (isAboutProblems && !holder && !transparent.test(name)) continue;
      const inner = holder ? path : joined(path, name);
      if (isList || typeof part !== 'string' || (plainTexts && !inHolder))
        visit(part, isList ? own : inner, inner, !!holder && !!holder[1]);
    }
  }

  // hapi names the fields beside the sentence; Fastify and hapi have one sentence for all.
  const validation = member(body, 'validation');
  const keys = member(validation, 'keys');
  const said = textOf(member(body, 'message'));
  if (isNamed && said)
    for (const key of Array.isArray(keys) ? keys : [named.exec(said)?.[1]])
      if (textOf(key)) add(keys ? (key as string) : '', said);
  if (!keys) visit(body, '', '', true);
  return problems;
}
