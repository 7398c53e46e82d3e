import { askStore } from '../http/ask-store.ts';
import { isRefusal, type Refusal } from '../relay-context.ts';
import type { RelayLimits, RelayOptions, RelayUser } from '../relay-options.ts';
import { AuthorizerDownError, authorizerDown } from './authorizer-down.ts';
import type { RelayStore } from '../store/relay-store.ts';
import { readRevocation } from './revocation.ts';
import { sessionLifeSeconds } from './session-life.ts';
import { readTokenRequest } from './token-request.ts';
import { longestToken, type TokenSigner } from './token-signer.ts';

const tokenLifeSeconds = 60;
const longestUser = 200;

const notAuthorized: Refusal = {
  status: 401,
  code: 'not_authorized',
  detail: 'The relay does not let this user speak: its `authorize` returned no user.',
  advice: 'Log in, or let `authorize` of the relay return a user.',
};

/** Whose tokens are made, and with what. */
interface Mint {
  readonly options: RelayOptions;
  readonly limits: RelayLimits;
  readonly signer: TokenSigner;
  readonly store: RelayStore;
}

/** `POST …/token`: what is asked for, the app's own word on who asks, then a token and a session. */
export async function mintToken(
  { options, limits, signer, store }: Mint,
  request: Request,
  origin: string,
  ip: string,
): Promise<Response | Refusal> {
  const wanted = await readTokenRequest(request.clone(), options.vendors);
  if (isRefusal(wanted)) {
    // The other half of the clone: what still comes is not waited for.
    request.body?.cancel().catch(() => undefined);
    return wanted;
  }
  const user = await askWho(options, limits.authorizeMs, request, ip);
  if (isRefusal(user)) return user;
  if (wanted.voice !== undefined && user.voices && !user.voices.includes(wanted.voice)) {
    return { status: 403, code: 'out_of_scope', detail: 'This voice is not for this user.' };
  }
  const most = Math.min(user.maxChars ?? limits.charactersPerRequest, limits.charactersPerRequest);
  // Asked before the token is made: what is forgotten later ends it.
  const generation = store.generation && (await askStore(store.generation()));
  const revocation = await askStore(readRevocation(store, user.user));
  const grant = {
    user: user.user,
    origin,
    vendor: wanted.vendor,
    maxChars: Math.min(wanted.maxChars ?? most, most),
    ...(generation !== undefined && { generation }),
    ...(revocation !== undefined && { revocation }),
    ...(wanted.voice !== undefined && { voice: wanted.voice }),
    ...(wanted.voice === undefined && user.voices && { voices: user.voices }),
  };
  const [token, session] = await Promise.all([
    signer.sign('token', { ...grant, id: crypto.randomUUID() }, tokenLifeSeconds),
    signer.sign('session', { ...grant, id: crypto.randomUUID() }, sessionLifeSeconds),
  ]);
  // It would be refused wherever it is shown.
  if (Math.max(token.length, session.length) > longestToken) {
    return { status: 403, code: 'out_of_scope', detail: 'This user has too many voices for one token: ask for one of them.' };
  }
  return Response.json(
    {
      token,
      expires_in: tokenLifeSeconds,
      session,
      session_expires_in: sessionLifeSeconds,
      // So that a client cuts a longer text before it is refused.
      max_chars: grant.maxChars,
    },
    { headers: { 'cache-control': 'no-store' } },
  );
}

/** @throws what `authorize` threw, unless that is an outage: the relay then says only that it failed */
async function askWho(
  { authorize }: RelayOptions,
  authorizeMs: number,
  request: Request,
  ip: string,
): Promise<RelayUser | Refusal> {
  const asking = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const late = new AuthorizerDownError(`authorize gave no answer within ${authorizeMs} ms.`);
      // First, so that what the abort makes `authorize` throw is not taken for its answer.
      reject(late);
      asking.abort(late);
    }, authorizeMs);
  });
  try {
    const user = await Promise.race([authorize(request, { ip, signal: asking.signal }), tooLate]);
    return isUser(user) ? user : notAuthorized;
  } catch (thrown) {
    const refusal = authorizerDown(thrown);
    if (refusal) return refusal;
    throw thrown;
  } finally {
    clearTimeout(timer);
  }
}

const isUser = (user: RelayUser | null | undefined): user is RelayUser =>
  typeof user?.user === 'string' &&
  user.user.length > 0 &&
  user.user.length <= longestUser &&
  // A text in place of a list would be searched for parts of voices, and then forgotten.
  (user.voices === undefined || (Array.isArray(user.voices) && user.voices.every((voice) => typeof voice === 'string')));
