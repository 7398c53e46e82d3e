import { member, textOf } from './response-body.ts';

/** A specification's or a status's page as `type` (ASP.NET's `…/rfc9110#section-15.5.1`) names no error: the status says as much. */
const specification = /^(rfc\d.*|\d+|http-problem-types)$/i;

/**
 * The last path segment of a problem's `type`, the only place where SAUTI puts its code. `about:blank`, RFC 9457's word
 * for “nothing beyond the status”, gives none; nor does an address without a path, the page of a specification, or a `type`
 * that is no text. Of a URN, the relay's kind of `type`, it is what follows the last colon.
 */
export function problemCode(body: unknown): string | undefined {
  const type = textOf(member(body, 'type')) ?? '';
  const path = type.replace(/^about:.*|^urn:.*:|^[\w+.-]+:\/\/[^/]*|[?#].*/g, '');
  const code = path.split('/').filter(Boolean).at(-1);
  return specification.test(code!) ? undefined : code;
}
