/**
 * ky makes a `Request` while it loads and for each call, and throws where the page has replaced the platform's class
 * (MooTools has a `Request` of its own). For so long it is lent a sound one. `fetch` is never given it.
 */
interface RequestOwner {
  Request: unknown;
}

/** As much of a request as ky reads when it is given an address alone. */
class PlainRequest {
  readonly method = 'GET';
  readonly headers = new Headers();

  clone(): this {
    return this;
  }
}

function isSound(candidate: unknown): boolean {
  try {
    const { headers } = new (candidate as typeof Request)('https://empty.invalid', { method: 'POST' });
    return headers instanceof Headers;
  } catch {
    return false;
  }
}

/** The class that was judged last: pages replace it once, if at all. */
let judged: unknown;
let sound: unknown;

/**
 * Puts a sound `Request` in the place of the page's, if that is not one.
 *
 * @returns what gives the page its own back; call it before anything else can run
 */
export function lendRequest(): () => void {
  const owner = globalThis as unknown as RequestOwner;
  const own = owner.Request;
  if (own !== judged) {
    judged = own;
    sound = isSound(own) ? own : PlainRequest;
  }
  if (sound === own) return () => undefined;
  owner.Request = sound;
  return () => void (owner.Request = own);
}

/** Given back by the module that loads ky after this one. */
export const giveBackAfterLoading = lendRequest();
