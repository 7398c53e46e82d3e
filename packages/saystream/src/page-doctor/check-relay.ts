import type { SocketWorker, WorkerSocketConstructor } from '@saystream/player';

import { ok, within, type Finding } from './finding.ts';
import { policyFix, sourceOf, watchPolicy } from './policy-violation.ts';

/** What each of the relay's refusals asks for. */
const fixes: Readonly<Record<number, () => string>> = {
  401: () => 'Sign in: authorize() of the relay does not know this page’s user.',
  403: () => `Add '${location.origin}' to the origins of the relay.`,
  404: () => 'Mount createRelay() at this path, or correct the path.',
  429: () => 'Wait, or raise the limits of the relay.',
  503: () => 'Start the relay’s store, or wait for its restart.',
};
const temporary = new Set([429, 503]);

/** Asks the relay whether it would let a stream in now, with a token if it wants one. A token costs nothing. */
export async function checkRelay(relay: URL, vendor: string): Promise<Finding> {
  const url = under(relay, 'diagnose');
  if (location.protocol === 'https:' && isOpenHttp(url)) {
    const found = `${url.href} is http: in a page of https:, which browsers refuse.`;
    return { check: 'relay', verdict: 'broken', found, fix: `Serve the relay over https, at https://${url.host}.` };
  }
  const { result: response, refused } = await watchPolicy(() => ask(url));
  if (response?.status === 401) return withToken(relay, vendor);
  if (response) return verdictOn(relay, url, response);
  const found = (why: string): string => `${url.href} ${why}`;
  const broken = { check: 'relay', verdict: 'broken' } as const;
  if (refused) {
    const fix = policyFix(sourceOf(url), refused, url);
    return { ...broken, found: found(`is refused by the content-security policy (${refused.directive}).`), fix };
  }
  // A request that may not be read tells whether anybody answers.
  if (url.origin !== location.origin && (await ask(url, { mode: 'no-cors' }))) {
    const headers = `Access-Control-Allow-Origin: ${location.origin} and Access-Control-Allow-Credentials: true`;
    const fix = `Add '${location.origin}' to the origins of the relay, so that it answers with ${headers}.`;
    return { ...broken, found: found('answers, but does not let this origin read the answer (CORS).'), fix };
  }
  const fix = navigator.onLine ? `Start the relay, or correct its address.` : 'Connect this device to the network.';
  return { ...broken, found: found('cannot be reached.'), fix };
}

/** A page of https: may use http: on the same machine only. */
const isOpenHttp = ({ protocol, hostname }: URL): boolean =>
  protocol === 'http:' && !/^(localhost|.*\.localhost|127\..*|\[::1\])$/.test(hostname);

const ask = (url: URL, more: RequestInit = {}): Promise<Response | undefined> =>
  within(
    fetch(url, { credentials: 'include', cache: 'no-store', ...more }).catch(() => undefined),
    undefined,
  );

const readJson = async (response: Response): Promise<Readonly<Record<string, unknown>>> =>
  within(
    (response.json() as Promise<Record<string, unknown> | null>).then((body) => body ?? {}).catch(() => ({})),
    {},
  );

async function withToken(relay: URL, vendor: string): Promise<Finding> {
  const tokenUrl = under(relay, 'token');
  const body = JSON.stringify({ vendor });
  const minted = await ask(tokenUrl, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  if (!minted?.ok) return verdictOn(relay, tokenUrl, minted ?? Response.error());
  const { session } = await readJson(minted);
  const url = under(relay, 'diagnose');
  return verdictOn(relay, url, (await ask(url, { headers: { authorization: `Bearer ${String(session)}` } })) ?? Response.error());
}

async function verdictOn(relay: URL, url: URL, response: Response): Promise<Finding> {
  const { status } = response;
  if (status === 204) return ok('relay', `${relay.href} answers, and lets this page in.`);
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
  const { title, detail } = isJson ? await readJson(response) : {};
  const said = [title, detail].filter((each) => typeof each === 'string' && each).join(': ');
  return {
    check: 'relay',
    verdict: temporary.has(status) ? 'warning' : 'broken',
    found: `${url.href} answers ${status || 'nothing'}${said && ` (${said})`}.`,
    fix: fixes[status]?.() ?? 'Correct the address: what answers there is no relay of this library.',
  };
}

/**
 * Dials the socket of streams as the player dials: in `worker`, if there is one. The relay accepts first and refuses
 * afterwards, so opening it is the proof.
 */
export async function checkSocket(relay: URL, worker: SocketWorker | undefined): Promise<Finding> {
  const check = 'socket';
  const url = under(relay, 'audixa/v3/tts/stream');
  url.protocol = url.protocol.replace('http', 'ws');
  const InWorker = worker?.socketClass('f32le', (port) => port.close());
  if (InWorker && (await within(opens(url, InWorker), false))) return ok(check, `${url.href} opens.`);
  const { result: opened, refused } = await watchPolicy(() => within(opens(url, WebSocket), false));
  if (opened && !InWorker) return ok(check, `${url.href} opens.`);
  const broken = { check, verdict: 'broken' } as const;
  if (opened) {
    const found = `${url.href} opens from the page, but not from the worker, where the player opens it.`;
    return {
      ...broken,
      found,
      fix: 'Pass a workerUrl whose file is not under a policy of its own, or createPlayer({ worker: "never" }).',
    };
  }
  if (refused) {
    const found = `${url.href} is refused by the content-security policy (${refused.directive}).`;
    return { ...broken, found, fix: policyFix(url.origin, refused, url) };
  }
  const fix = 'Pass the server’s upgrade event to relay.upgrade(), and Upgrade and Connection through every proxy before it.';
  return { ...broken, found: `${url.href} does not open.`, fix };
}

type SocketConstructor = typeof WebSocket | WorkerSocketConstructor;

const opens = (url: URL, Socket: SocketConstructor): Promise<boolean> =>
  new Promise((resolve) => {
    try {
      const socket = new Socket(url.href, 'tts.v1');
      const end = (opened: boolean): void => {
        socket.close();
        resolve(opened);
      };
      socket.addEventListener('open', () => end(true));
      socket.addEventListener('close', () => resolve(false));
      socket.addEventListener('error', () => resolve(false));
    } catch {
      resolve(false); // ws: in a page of https:
    }
  });

const under = ({ href }: URL, path: string): URL => new URL(`${href.split(/[?#]/, 1)[0]!.replace(/\/$/, '')}/${path}`);
