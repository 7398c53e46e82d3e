import { member, textOf } from './response-body.ts';

/**
 * The last path segment of a problem's `type`, the only place where SAUTI puts its code. `about:blank`, RFC 9457's word
 * for “nothing beyond the status”, gives none; nor does an address without a path, or a `type` that is no text. Of a URN,
 * the relay's kind of `type`, it is what follows the last colon.
 */
export function problemCode(body: unknown): string | undefined {
  const type = textOf(member(body, 'type')) ?? '';
  const path = type.replace(/^about:.*|^urn:.*:|^[\w+.-]+:\/\/[^/]*|[?#].*/g, '');
  return /[^/]+(?=\/*$)/.exec(path)?.[0];
}
