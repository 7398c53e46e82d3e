import { parseProblemDetails } from '../packages/errors/src/index.ts';
import type { PlaybackError } from '../packages/player/src/index.ts';
import { pcmSourceOf } from '../packages/player/src/index.ts';
import { expect, test } from 'vitest';

/** The error of a `Response` that is played. 1xx cannot be constructed, so those are objects of the same shape. */
async function playedError(status: number, body: string | null, headers: HeadersInit = {}): Promise<PlaybackError> {
  const hasNoBody = [101, 103, 204, 205, 304].includes(status);
  const response =
    status < 200
      ? ({ status, ok: false, headers: new Headers(headers), body: null } as Response)
      : new Response(hasNoBody ? null : body, { status, headers });
  return Promise.resolve(pcmSourceOf(response).format).then(
    () => expect.fail(`${status} was taken for audio`),
    (error: PlaybackError) => error,
  );
}

const statuses = Array.from({ length: 500 }, (_, at) => at + 100);
const problem = JSON.stringify({ type: 'https://api.example/problems/any', title: 'No', status: 418, detail: 'Not now.' });

test.each([
  ['no body', null, undefined],
  ['a problem document', problem, 'application/problem+json'],
  ['a web page', '<!doctype html><title>Error</title>', 'text/html'],
])('every status with %s has the kind, retryable and status of parseProblemDetails', async (_what, body, type) => {
  const headers: HeadersInit = type ? { 'content-type': type } : {};
  for (const status of statuses) {
    const { kind, retryable, ...played } = await playedError(status, body, headers);
    const parsed = parseProblemDetails({ status, headers, body: body ?? '' });
    expect({ status, kind, retryable }).toEqual({ status, kind: parsed.kind, retryable: parsed.retryable });
    if (status < 200 || status >= 300) expect(played.status).toBe(parsed.status);
  }
});

test('an opaque response has the kind of an answer without a status', async () => {
  const opaque = { status: 0, ok: false, headers: new Headers(), body: null } as Response;
  const error: unknown = await Promise.resolve(pcmSourceOf(opaque).format).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ kind: parseProblemDetails({ status: 0 }).kind, retryable: false });
});

test('the facts of a failed answer are in its JSON', async () => {
  const json: unknown = JSON.parse(JSON.stringify(await playedError(503, problem)));
  expect(json).toMatchObject({ kind: 'unavailable', status: 503, retryable: true, billed: 'unknown' });
});
