import { revokedRefusal } from '../access/revocation.ts';
import type { TakenCharacters, VendorTurn } from '../limits/meter.ts';
import type { Refusal } from '../relay-context.ts';
import { isRefusal } from '../relay-context.ts';
import type { Leaving } from './admit.ts';
import { storeDown } from './ask-store.ts';
import { callVendor, isUnreached, type VendorAnswer } from './call-vendor.ts';
import { maxAudioBytes } from './fields/max-audio-bytes.ts';
import type { PaidFields } from './fields/paid-fields.ts';
import { refuse } from './fields/refuse.ts';
import { sealBody, sealError, type Asked } from './free-calls.ts';
import type { Claim } from './kept-answers.ts';
import { findLostJob } from './find-lost-job.ts';
import { fillPath } from './match-route.ts';
import { idsIn, noteOwner } from './own-generations.ts';
import { hasNoBody, readWhole, toResponse, type WholeAnswer } from './pass-answer.ts';
import { problem } from './problem.ts';
import type { PaidCall } from './routes.ts';
import { teeAnswer } from './tee-answer.ts';

/** A paid request that is let through. */
export interface PaidWork {
  readonly call: PaidCall;
  readonly fields: PaidFields;
  readonly claim: Claim;
  /** Names it in the vendor's line. */
  readonly ticket: string;
  readonly ip: string;
}

/** What is taken for one request, and given back. */
interface Taken {
  readonly characters: TakenCharacters;
  readonly turn: VendorTurn;
  readonly done: (lingerMs?: number) => void;
}

/** A vendor that was left at work keeps its slot for a while; how long is not documented. */
const lingerMs = 10_000;
/** Moknah's answer to a second request (vendor docs); after a cancel its slot is taken for a while, whoever asks. */
const busyStatus = 409;
const busyDelaysMs = [1_000, 2_000, 4_000, 5_000] as const;
/** A new job, or the beginning of a document that may be one. */
const maxJobBytes = 1_048_576;

/** Why a request goes no further that was not sent to the vendor yet. */
const whyLeft = ({ revoked }: Leaving): Refusal =>
  revoked.aborted ? revokedRefusal : refuse(503, 'draining', 'The page left before its turn came.');

/**
 * A place, a turn and characters, in this order; what was taken is given back when the rest is refused. Characters come last,
 * so that a process that is killed while a request waits costs its user none; but whoever has none left takes no turn.
 */
async function takeAll(
  { context, grant, leaving }: Asked,
  { call, fields, claim, ticket, ip }: PaidWork,
): Promise<Taken | Refusal> {
  const { meter } = context;
  const place = await meter.openStream(grant.user, ip);
  if (isRefusal(place)) return place;
  const undo = [() => place.release()];
  const back = <T>(answer: T): T => {
    for (const each of undo.toReversed()) each();
    return answer;
  };
  try {
    const enough = await meter.takeCharacters(grant, fields.characters);
    if (isRefusal(enough)) return back(enough);
    enough.refund();
    const onPosition = (position: number) => claim.stand({ state: 'waiting', position });
    const turn = await meter.takeTurn(call.vendor, grant.user, ticket, { signal: leaving.signal, onPosition });
    if (isRefusal(turn)) return back(turn);
    undo.push(() => turn.release());
    const characters = await meter.takeCharacters(grant, fields.characters);
    if (isRefusal(characters)) return back(characters);
    // From here on neither a lost place nor a lost turn ends it: the vendor would charge for what nobody hears.
    const done = (linger?: number) => {
      turn.release(linger);
      place.release();
    };
    return { characters, turn, done };
  } catch (error) {
    back(undefined);
    if (leaving.signal.aborted) return whyLeft(leaving);
    throw error;
  }
}

/** Whether the refusal of `askPatiently` proves that the vendor has accepted nothing. */
const provesNothingSent = (refusal: Refusal): boolean =>
  isUnreached(refusal) || refusal.code === 'draining' || refusal === revokedRefusal || refusal === storeDown;

/** Resolves after `ms`, or when the page leaves. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}

/** Asks the vendor, again while it is busy with another request: within the wait that a line may take. */
async function askPatiently(asked: Asked, { call, fields, claim }: PaidWork): Promise<VendorAnswer | Refusal> {
  const { context, upstream, match, leaving, grant } = asked;
  const endsAtMs = performance.now() + context.limits.queueWaitMs;
  for (let tries = 0; ; tries += 1) {
    // A queued request of a revoked user is never sent, however long ago the last heartbeat was.
    const isRevoked = await context.access.isRevoked(grant).catch(() => undefined);
    if (isRevoked !== false) return isRevoked ? revokedRefusal : storeDown;
    claim.stand({ state: 'running' });
    const path = fillPath(call.to, match.pieces);
    // It is read to its end whether the page stays or not, but a revocation ends it.
    const answer = await callVendor(context, upstream, { method: 'POST', path, wire: fields.wire, signal: leaving.revoked });
    const delayMs = busyDelaysMs[Math.min(tries, busyDelaysMs.length - 1)]!;
    const isBusy = call.vendor === 'moknah' && !isRefusal(answer) && answer.response.status === busyStatus;
    if (!isBusy || performance.now() + delayMs > endsAtMs) return answer;
    answer.stop();
    claim.stand({ state: 'waiting', position: 1 });
    await pause(delayMs, leaving.signal);
    if (leaving.signal.aborted) return whyLeft(leaving);
  }
}

/** Works on a request that nobody has worked on before. */
export async function workOnPaid(asked: Asked, work: PaidWork): Promise<Response | Refusal> {
  const { context, leaving } = asked;
  const { claim } = work;
  const taken = await takeAll(asked, work);
  if (isRefusal(taken)) {
    await claim.drop();
    return leaving.revoked.aborted ? revokedRefusal : taken;
  }
  if (leaving.signal.aborted) {
    taken.characters.refund();
    taken.done();
    await claim.drop();
    return whyLeft(leaving);
  }
  // From here on it is worked on to its end, whether the page stays or not.
  return context.track(finish(asked, work, taken));
}

async function finish(asked: Asked, work: PaidWork, taken: Taken): Promise<Response | Refusal> {
  const { claim, call, fields } = work;
  const beganMs = performance.now();
  /** Nothing was accepted: nothing is owed, and the key is free. */
  const nothing = async <T>(answer: T): Promise<T> => {
    taken.characters.refund();
    taken.done();
    await claim.drop();
    return answer;
  };
  /** Nobody knows what the vendor did. */
  const unknown = async (answer: Response | WholeAnswer, linger?: number): Promise<Response> => {
    taken.done(linger);
    const { status, headers } = answer;
    const body = answer instanceof Response ? new Uint8Array(await answer.arrayBuffer()) : answer.body;
    const keeping = claim.keep(status, headers);
    keeping.add(body);
    await keeping.end();
    return new Response(hasNoBody(status) ? null : body, { status, headers });
  };
  /** Custom endpoints have no history of their own. */
  const lost = async (): Promise<WholeAnswer | undefined> =>
    call.vendor === 'audixa' && call.to === '/tts' ? findLostJob(asked, fields.wire, beganMs).catch(() => undefined) : undefined;
  try {
    const answer = await askPatiently(asked, work);
    if (isRefusal(answer)) {
      if (provesNothingSent(answer)) return await nothing(answer);
      if (asked.leaving.revoked.aborted) {
        await unknown(problem(answer), lingerMs);
        return revokedRefusal;
      }
      const found = await lost();
      if (found) return await unknown(found);
      return await unknown(problem(answer), answer.code === 'vendor_answer_refused' ? 0 : lingerMs);
    }
    const { status } = answer.response;
    if (status >= 400) {
      const error = await sealError(await readWhole(answer, asked.upstream), asked);
      return status < 500 ? await nothing(toResponse(error)) : await unknown((await lost()) ?? error);
    }
    return await passPaid(asked, work, answer, taken, unknown);
  } catch {
    // A fault of ours, after the vendor was asked.
    return unknown(problem(refuse(500, 'relay_fault', 'The relay failed.')), lingerMs);
  }
}

/** A 2xx. Jobs are read whole, so that they are known to be the user's before the page can ask for them; sound passes as it comes. */
async function passPaid(
  asked: Asked,
  work: PaidWork,
  answer: VendorAnswer,
  taken: Taken,
  keepWhole: (answer: WholeAnswer) => Promise<Response>,
): Promise<Response | Refusal> {
  const { context, grant, upstream } = asked;
  const note = (text: string) => Promise.all(idsIn(text).map((id) => noteOwner(context, work.call.vendor, grant.user, id)));
  if (work.call.vendor === 'audixa') {
    const whole = await readWhole(answer, upstream, maxJobBytes);
    // What is paid stays paid when the store is down; the page will be told that its job is unknown.
    await note(new TextDecoder().decode(whole.body)).catch(() =>
      context.emit({ type: 'fault', vendor: 'audixa', user: grant.user, code: 'store_put_failed' }),
    );
    return keepWhole({ ...whole, body: await sealBody(whole.body, asked) });
  }
  return teeAnswer(answer, {
    upstream,
    claim: work.claim,
    maxBytes: maxAudioBytes(work.fields.characters),
    track: context.track,
    ...(work.call.vendor === 'sauti' && { onStart: note }),
    onEnd: (isCut) => taken.done(isCut ? lingerMs : 0),
  });
}
