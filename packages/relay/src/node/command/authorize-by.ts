import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { AuthorizerDownError } from '../../access/authorizer-down.ts';
import type { RelayOptions, RelayUser } from '../../relay-options.ts';
import { nameByNetwork } from './anonymous-user.ts';
import type { AuthorizeBy } from './read-settings.ts';

type Authorize = RelayOptions['authorize'];

/** The app gets so long to say who asks. */
const appMs = 5_000;
const mostBytes = 65_536;

/** @param secret keys the hash that names a user by network @throws Error, a sentence for the operator, when the file is no such module */
export async function authorizeBy(way: AuthorizeBy, secret?: string): Promise<Authorize> {
  switch (way.by) {
    case 'url':
      return (request, { signal }) => askApp(way.url, request, signal);
    case 'module':
      return loadModule(way.path);
    case 'anyone': {
      const nameOf = nameByNetwork(secret);
      return (_request, { ip }) => ({ user: nameOf(ip) });
    }
  }
}

async function loadModule(path: string): Promise<Authorize> {
  const { default: authorize } = (await import(pathToFileURL(resolve(path)).href).catch((error: unknown) => {
    throw new Error(
      `RELAY_AUTHORIZE_MODULE: ${path} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`,
    );
  })) as { default?: unknown };
  if (typeof authorize !== 'function') throw new Error(`RELAY_AUTHORIZE_MODULE: ${path} has no function as its default export.`);
  return authorize as Authorize;
}

/**
 * Passes what names a user on to the app, and nothing else. 200 with a user lets them speak, any other answer below 500
 * lets nobody, and an app that gives no answer is down: nothing is remembered.
 *
 * @throws AuthorizerDownError when there is no answer, one of 500 and above, or none in JSON
 */
async function askApp(url: string, request: Request, asking: AbortSignal): Promise<RelayUser | null> {
  const headers = new Headers({ accept: 'application/json' });
  for (const name of ['cookie', 'authorization']) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const said = await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.any([asking, AbortSignal.timeout(appMs)]) })
    .then(readAnswer)
    .catch((error: unknown) => {
      throw error instanceof AuthorizerDownError ? error : new AuthorizerDownError('The app gives no answer.');
    });
  return said === undefined ? null : readUser(said);
}

/** The JSON of a 200, or undefined for another answer below 500. */
async function readAnswer(answer: Response): Promise<unknown> {
  if (answer.status === 200) return JSON.parse(await readText(answer)) as unknown;
  await answer.body?.cancel();
  if (answer.status < 500) return undefined;
  throw new AuthorizerDownError('The app cannot say who asks.', waitIn(answer.headers));
}

/** `Retry-After` in seconds, the form that apps write (RFC 9110 §10.2.3); a date is left out. */
function waitIn(headers: Headers): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? '';
  return /^\d{1,6}$/.test(value) ? Number(value) * 1_000 : undefined;
}

async function readText(answer: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of answer.body ?? []) {
    text += decoder.decode(piece, { stream: true });
    if (text.length > mostBytes) throw new Error('The app says too much.');
  }
  return text + decoder.decode();
}

/** `{ "user", "voices"?, "max_chars"? }`, as the relay's own routes spell it. */
function readUser(said: unknown): RelayUser | null {
  const { user, voices, max_chars: maxChars } = (said ?? {}) as Record<string, unknown>;
  if (typeof user !== 'string' && typeof user !== 'number') return null;
  if (voices !== undefined && !(Array.isArray(voices) && voices.every((voice) => typeof voice === 'string'))) {
    throw new Error('The app must say voices as a list of names.');
  }
  if (maxChars !== undefined && !(typeof maxChars === 'number' && maxChars > 0)) {
    throw new Error('The app must say max_chars as a number above 0.');
  }
  return { user: String(user), ...(voices && { voices }), ...(maxChars !== undefined && { maxChars }) };
}
