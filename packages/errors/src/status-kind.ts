import type { SpeechErrorKind } from './speech-error-kind.ts';

const kinds: Readonly<Record<number, SpeechErrorKind>> = {
  401: 'unauthorized',
  402: 'insufficient-credits',
  403: 'forbidden',
  404: 'not-found',
  408: 'unavailable',
  409: 'conflict',
  413: 'too-large',
  425: 'unavailable',
  429: 'rate-limited',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
  530: 'unavailable',
};

/** A status that HTTP knows; undefined for 0, NaN and everything else. */
export function realStatus(status: unknown): number | undefined {
  const number = typeof status === 'string' ? Number(status) : status;
  return typeof number === 'number' && Number.isInteger(number) && number >= 100 && number < 600 ? number : undefined;
}

/** What a status alone means. Total: 520–527 are a proxy's way to say that the origin is down. */
export function kindOfStatus(status: number | undefined): SpeechErrorKind {
  if (status === undefined) return 'unknown';
  const listed = kinds[status];
  if (listed) return listed;
  if (status >= 520 && status <= 527) return 'unavailable';
  if (status >= 500) return 'vendor-fault';
  if (status >= 400) return 'invalid-request';
  return status >= 200 && status < 300 ? 'not-audio' : 'unknown';
}
