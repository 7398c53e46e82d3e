import type { Grant } from '../access/access.ts';
import { watchRevocation } from '../access/revocation-watch.ts';
import { isRefusal, type Refusal, type RelayContext } from '../relay-context.ts';
import { passToPage } from './pass-to-page.ts';

/** Ends what a request began. */
export interface Leaving {
  /** Aborted when the page leaves or its user is revoked. */
  readonly signal: AbortSignal;
  /** Aborted when the user is revoked. */
  readonly revoked: AbortSignal;
}

/** Who asks, and from where. */
export interface Admission {
  readonly context: RelayContext;
  readonly request: Request;
  readonly grant: Grant;
  readonly ip: string;
}

/**
 * Lets a request in when the limits have room for it, and holds its place until its answer has left. Every route that makes the relay
 * work or remember for a user goes through here.
 *
 * @throws what `work` throws
 */
export async function admit(
  { context, request, grant, ip }: Admission,
  work: (leaving: Leaving) => Promise<Response | Refusal>,
): Promise<Response | Refusal> {
  const place = await context.meter.openRead(grant.user, ip);
  if (isRefusal(place)) return place;
  const watch = watchRevocation(context, grant);
  const leaving = new AbortController();
  const leave = (): void => leaving.abort();
  for (const signal of [request.signal, watch.signal]) signal.addEventListener('abort', leave);
  if (request.signal.aborted) leave();
  const end = (): void => {
    place.release();
    watch.stop();
    for (const signal of [request.signal, watch.signal]) signal.removeEventListener('abort', leave);
  };
  try {
    const answer = await work({ signal: leaving.signal, revoked: watch.signal });
    if (!(answer instanceof Response) || !answer.body) {
      end();
      return answer;
    }
    const { slowReaderMs } = context.limits;
    return new Response(passToPage(answer.body, { slowReaderMs, signal: leaving.signal, onEnd: end }), answer);
  } catch (error) {
    end();
    throw error;
  }
}
