import { parseJson } from '../http/request-text.ts';
import type { StreamEnd } from '../ledger.ts';
import type { Interruption, Knobs, Position } from '../scenario-knobs.ts';
import { errorFrame, messageOfClose } from './audixa-bodies.ts';
import type { AudixaContext } from './audixa-context.ts';
import { breakOff, styleOf, type Job } from './audixa-jobs.ts';
import { checkRequest } from './audixa-request-rules.ts';
import { answerStream } from './stream-answer.ts';
import { LineOver, type StreamLine } from './stream-line.ts';

/** Who talks. */
export interface Caller {
  readonly apiKey: string;
  readonly knobs: Knobs;
  /** Of the address that the client used. */
  readonly origin: string;
}

const wrongKeyMessage = messageOfClose(1_008);

/** Tells a wrong key: accepted, told, closed with 1008. The vendor may as well refuse the handshake; see `wrong-key-at-handshake`. */
export const refuseWrongKey = (line: StreamLine): void => line.refuse(1_008, wrongKeyMessage);

/** What a stream's ledger entry says of an interruption. */
function endOf(interruption: Interruption): StreamEnd | undefined {
  if (interruption.type === 'close') return `close ${interruption.code}`;
  if (interruption.type === 'stall') return interruption.forMs === Infinity ? 'stall' : undefined;
  return interruption.type;
}

/** A vendor that answers so has not taken the request. In every other case the client cannot know. */
function isRefusal(interruption: Interruption | undefined): boolean {
  if (interruption?.at !== 'waiting') return false;
  if (interruption.type === 'error') return interruption.message === wrongKeyMessage;
  return interruption.type === 'close' && (interruption.code === 1_003 || interruption.code === 1_008);
}

/** Does what a scenario wants done instead of going on. It returns only after a pause. */
async function perform(interruption: Interruption, line: StreamLine, isMute: boolean): Promise<void> {
  switch (interruption.type) {
    case 'stall':
      return interruption.forMs === Infinity ? line.stall() : line.wait(interruption.forMs);
    case 'error':
      line.send(errorFrame(interruption.message));
      return line.stall();
    case 'drop':
      return line.drop();
    case 'close': {
      const message = isMute ? '' : messageOfClose(interruption.code);
      if (interruption.afterErrorMs === undefined) return line.refuse(interruption.code, message);
      line.send(errorFrame(message));
      await line.wait(interruption.afterErrorMs);
      return line.close(interruption.code, message);
    }
  }
}

/** Breaks off the job, if there is one, and does what the scenario wants done here. */
async function interruptAt(at: Position, line: StreamLine, { mute = false, interruption }: Knobs, job?: Job): Promise<void> {
  if (interruption?.at !== at) return;
  const ended = endOf(interruption);
  if (job && ended) {
    job.entry.ended = ended;
    breakOff(job);
  }
  await perform(interruption, line, mute);
  line.check();
}

async function answer(line: StreamLine, caller: Caller, context: AudixaContext, job: Job): Promise<void> {
  const { knobs, origin } = caller;
  const samples = await context.speak(job.entry.text, styleOf(job.request)).catch(() => undefined);
  if (!samples) {
    job.progress = { at: 'failed', readyAtMs: job.entry.acceptedAtMs };
    job.entry.ended = 'close 1011';
    return line.refuse(1_011, messageOfClose(1_011));
  }
  job.entry.samples = samples.length;
  line.check();
  const interrupt = (at: Position) => interruptAt(at, line, knobs, job);
  await interrupt('waiting');
  await answerStream({ line, job, knobs, rate: knobs.rate ?? context.rate, origin, samples, interrupt });
}

async function converse(line: StreamLine, caller: Caller, context: AudixaContext): Promise<void> {
  const { apiKey, knobs } = caller;
  await interruptAt('before-request', line, knobs);
  line.onExtraMessage = () => line.refuse(1_003, 'One request per connection');
  const checked = checkRequest(parseJson(await line.request()));
  line.check();
  if ('broken' in checked) {
    const [first] = checked.broken;
    return line.refuse(1_003, first ? `${first.field}: ${first.message}` : messageOfClose(1_003));
  }
  if (knobs.oddities?.includes('no-close-answer')) line.deafen();
  if (isRefusal(knobs.interruption)) return interruptAt('waiting', line, knobs);
  const job = context.jobs.create(checked.request, { transport: 'socket', knobs, apiKey });
  try {
    await answer(line, caller, context, job);
  } finally {
    job.entry.ended ??= 'client left';
    breakOff(job);
  }
}

/** Talks to one client of the streaming endpoint until the socket is closed. Never rejects. */
export async function answerSocket(line: StreamLine, caller: Caller, context: AudixaContext): Promise<void> {
  try {
    await converse(line, caller, context);
  } catch (error) {
    if (!(error instanceof LineOver)) line.refuse(1_011, messageOfClose(1_011));
  }
}
