import { member, textOf } from './response-body.ts';

/** How servers write one problem: where it names its place, and where its message. One row per shape; without a place, a message alone. */
const shapes: readonly (readonly [where: string, what: string])[] = [
  // FastAPI
  ['loc', 'msg'],
  // Audixa, Quarkus
  ['field', 'message'],
  // google.rpc
  ['field', 'description'],
  // Spring
  ['field', 'defaultMessage'],
  // zod, Joi
  ['path', 'message'],
  // express-validator 7, and 6
  ['path', 'msg'],
  ['param', 'msg'],
  // ajv, Fastify
  ['instancePath', 'message'],
  // RFC 9457, and RFC 7807's invalid-params
  ['pointer', 'detail'],
  ['name', 'reason'],
  // JSON:API
  ['source', 'detail'],
  ['source', 'title'],
  // class-validator
  ['property', 'constraints'],
  ['', 'msg'],
  ['', 'message'],
  ['', 'detail'],
];

type Place = string | readonly unknown[] | undefined;

const placeIn = (where: unknown): Place =>
  typeof where === 'string' || Array.isArray(where) ? where : ((member(where, 'pointer') ?? member(where, 'parameter')) as Place);

/**
 * The parts of FastAPI's `loc` (whose leading `body` is no field), of a JSON pointer (JSON:API's begin with
 * `/data/attributes`), or of a plain name.
 */
const partsOf = (where: Place = []): readonly unknown[] =>
  typeof where === 'string' ? where.replace(/^#?\/(data\/attributes\/)?/, '').split('/') : where.slice(+(where[0] === 'body'));

/** One problem, if `value` has the shape of one: the parts of its path, and its message, or several. */
export function problemIn(value: object): { readonly parts: readonly unknown[]; readonly what: unknown } | undefined {
  for (const [where, what] of shapes) {
    const place = placeIn(member(value, where));
    const said = member(value, what);
    if (where ? place !== undefined && said : textOf(said)) {
      // ajv names a missing member beside the place.
      const parts = [...partsOf(place), member(member(value, 'params'), 'missingProperty')];
      return { parts, what: where === 'property' ? Object.values(said as object) : said };
    }
  }
  return undefined;
}
