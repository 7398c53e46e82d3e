import { member } from './response-body.ts';

/** By the member that holds a problem's message: the one that names its place. What `fieldProblems` reads itself needs no row. */
const shapes = {
  // google.rpc
  description: 'field',
  // Spring
  defaultMessage: 'field',
  // express-validator 6
  msg: 'param',
  // ajv, Fastify
  message: 'instancePath',
  // RFC 7807
  reason: 'name',
  // JSON:API
  detail: 'source',
  title: 'source',
  // class-validator
  constraints: 'property',
};

/**
 * The field that a sentence of NestJS, Fastify (`body/text must be string`) or hapi (`"text" length must be …`) begins with,
 * and the one that Fastify misses.
 */
const named =
  /^"?(?:(?:body|querystring|params|headers)(?:\/|(?= )))?([\w.[\]/-]{0,80})"? (?:length )?(?:must|should|is) (?:have required property '(\w+))?/;

/** ajv names a missing member beside the place. */
const at = (place: unknown, missing: unknown): string => [place, missing].filter(Boolean).join('/');

/** What a sentence says about the field it names, or what else a list of messages holds. */
function problemNaming(message: unknown): unknown {
  const [, field, missing] = named.exec(typeof message === 'string' ? message : '') ?? [];
  return field || missing ? { field: at(field, missing), message } : message;
}

/** Rewrites an object of other servers as one that `fieldProblems` knows. */
export function translated(value: object, isBody: boolean): object {
  const { statusCode, message, fieldViolations, params } = value as Record<string, unknown>;
  if (isBody && statusCode) {
    const problems = [message].flat().map(problemNaming);
    return problems[0] === message ? value : { ...value, message: problems };
  }
  // google.rpc's list stands inside another list, which is none of the request's.
  if (fieldViolations) return { field: '', msg: fieldViolations };
  for (const [what, where] of Object.entries(shapes)) {
    const place = member(value, where);
    const said = member(value, what);
    if (place !== undefined && said)
      return {
        field: at(member(place, 'pointer') ?? member(place, 'parameter') ?? place, member(params, 'missingProperty')),
        msg: where === 'property' ? Object.values(said) : said,
      };
  }
  return value;
}
