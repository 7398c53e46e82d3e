import type { Answer } from '../http/answer.ts';
import { decodePart, parseJson } from '../http/request-text.ts';
import type { ApiCall, Asked } from '../http/vendor-api.ts';
import type { Knobs } from '../scenario-knobs.ts';
import { exposedHeaders, rateHeaders } from './answer-headers.ts';
import { answerOf, brokenRules, noSuchPath, success } from './audixa-bodies.ts';
import type { AudixaAccount, AudixaContext } from './audixa-context.ts';
import { describeJob, historyItem, statusOf, styleOf, type Job } from './audixa-jobs.ts';
import { checkRequest } from './audixa-request-rules.ts';
import { voicesOf } from './audixa-voices.ts';
import { createRateWindows } from './rate-window.ts';

const queueMs = 100;
/** These count as jobs at a time. */
const isUnderWay: ReadonlySet<string> = new Set(['IN_QUEUE', 'GENERATING', 'POLISHING']);
const statuses = ['IN_QUEUE', 'GENERATING', 'COMPLETED', 'FAILED', 'EXPIRED'];

/** Makes the speech of a job that nobody listens to, at its pace. */
async function work(job: Job, context: AudixaContext): Promise<void> {
  try {
    job.entry.samples = (await context.speak(job.entry.text, styleOf(job.request))).length;
    const soundMs = (job.entry.samples / 24_000) * 1_000;
    job.progress = { at: 'alone', readyAtMs: job.entry.acceptedAtMs + queueMs + soundMs / (job.knobs.rate ?? context.rate) };
  } catch {
    job.progress = { at: 'failed', readyAtMs: job.entry.acceptedAtMs };
  }
}

function whole(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}

/** A page of a list: its bounds, or what is wrong with them. */
function pageOf(query: URLSearchParams, usual: number, most: number) {
  const limit = whole(query, 'limit', usual);
  const offset = whole(query, 'offset', 0);
  const broken = [
    ...(limit >= 1 && limit <= most ? [] : [{ field: 'limit', message: `Limit must be from 1 to ${most}` }]),
    ...(offset >= 0 ? [] : [{ field: 'offset', message: 'Offset must be 0 or more' }]),
  ];
  return { limit, offset, broken };
}

/** The vendor's words; their number is an example and not reliable, the header is right. */
const tooMany = (seconds: number): Answer => ({ ...answerOf(429), headers: { 'retry-after': String(seconds) } });

/** Whether a member without a value is null or missing is not documented. */
const shown = (job: Readonly<Record<string, unknown>>, { audixa }: Knobs): object =>
  audixa?.nullsAbsent ? Object.fromEntries(Object.entries(job).filter(([, value]) => value !== null)) : job;

/** The HTTP API of the emulated Audixa. */
class AudixaApi implements AudixaAccount {
  readonly vendor = 'audixa';
  readonly exposedHeaders = exposedHeaders;
  readonly #context: AudixaContext;
  readonly #rateOf = createRateWindows();

  constructor(context: AudixaContext) {
    this.#context = context;
  }

  owns(pathname: string): boolean {
    return pathname.startsWith('/v3/');
  }

  /** `x-api-key`, or a bearer token (newest vendor docs). */
  keyOf(headers: ApiCall['headers']): string {
    return String(headers['x-api-key'] ?? /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '');
  }

  refusal(status: number): Answer {
    return answerOf(status);
  }

  /** Every answer is shown where its key stands, and counts. */
  accountHeaders({ apiKey, knobs }: Asked, { status }: Answer): Readonly<Record<string, string>> {
    return rateHeaders(this.#rateOf(apiKey, this.#context.clock.now(), knobs.audixa?.limit), status);
  }

  overLimit(apiKey: string, { audixa = {} }: Knobs): Answer | undefined {
    const { limit = Infinity, concurrent = Infinity } = audixa;
    const { requests, resetAtSeconds } = this.#rateOf(apiKey, this.#context.clock.now(), limit, 0);
    if (requests >= limit) return tooMany(Math.max(1, Math.ceil(resetAtSeconds - this.#context.clock.now() / 1_000)));
    return concurrent === Infinity || this.#underWay(apiKey) < concurrent ? undefined : tooMany(1);
  }

  answer(call: ApiCall): Answer {
    const { apiKey, knobs, method } = call;
    // Jobs are limited where they are made.
    const { concurrent: _jobs, ...requests } = knobs.audixa ?? {};
    return this.overLimit(apiKey, method === 'POST' ? knobs : { audixa: requests }) ?? this.#route(call);
  }

  #underWay(apiKey: string): number {
    return this.#context.jobs.of(apiKey).filter((job) => isUnderWay.has(statusOf(job))).length;
  }

  #route(call: ApiCall): Answer {
    const { pathname, searchParams } = call.url;
    // Custom endpoints: only in the vendor's SDK. The id is in the path there.
    const [, slug, rest = '', id] = /^\/v3\/custom\/([^/]+)\/(tts|generations\/([^/]+))$/.exec(pathname) ?? [];
    if (slug && call.method === 'POST' && rest === 'tts') return this.#create(call);
    if (slug && call.method === 'GET' && id) return this.#show(call, decodePart(id) || id);
    switch (`${call.method} ${pathname}`) {
      case 'POST /v3/tts':
        return this.#create(call);
      case 'GET /v3/tts':
        return this.#show(call, searchParams.get('generation_id'));
      case 'GET /v3/voices':
        return this.#listVoices(call);
      case 'GET /v3/history':
        return this.#listHistory(call);
      default:
        return noSuchPath;
    }
  }

  #create({ body, apiKey, knobs, url }: ApiCall): Answer {
    const { audixa = {} } = knobs;
    if (body === undefined) return answerOf(413);
    const checked = checkRequest(parseJson(body));
    if ('broken' in checked) return brokenRules(checked.broken, audixa.errors);
    const job = this.#context.jobs.create(checked.request, { transport: 'http', knobs, apiKey });
    const { generationId } = job.entry;
    // Even a job that nobody will find again was accepted.
    const described = describeJob(job, url.origin) ?? { generation_id: generationId };
    void work(job, this.#context);
    return success(audixa.bare ? { [audixa.bare]: generationId } : shown(described, knobs), audixa.created ? 201 : 200);
  }

  #show({ apiKey, url, knobs }: ApiCall, id: string | null): Answer {
    if (!id) return brokenRules([{ field: 'generation_id', message: 'Generation ID is required' }], knobs.audixa?.errors);
    const job = this.#context.jobs.find(id);
    // Another account's id is as unknown as a wrong one (newest vendor docs).
    const described = job?.apiKey === apiKey ? describeJob(job, url.origin) : undefined;
    return described ? success(shown(described, knobs)) : answerOf(404);
  }

  #listVoices({ url, knobs }: ApiCall): Answer {
    const { limit, offset, broken } = pageOf(url.searchParams, 100, 500);
    const model = url.searchParams.get('model');
    const wrongModel = model !== null && model !== 'base' && model !== 'advanced';
    const problems = [...broken, ...(wrongModel ? [{ field: 'model', message: "Model must be 'base' or 'advanced'" }] : [])];
    if (problems.length > 0) return brokenRules(problems, knobs.audixa?.errors);
    const all = voicesOf(knobs.voices).filter((voice) => model === null || voice.model === model);
    const voices = all.slice(offset, offset + limit);
    return success({ limit, offset, length: voices.length, voices });
  }

  /** Newest first; a lost job is not in it. */
  #listHistory({ url, apiKey, knobs }: ApiCall): Answer {
    const { limit, offset, broken } = pageOf(url.searchParams, 20, 100);
    const status = url.searchParams.get('status');
    const wrongStatus = status !== null && !statuses.includes(status);
    const problems = [
      ...broken,
      ...(wrongStatus ? [{ field: 'status', message: `Status must be one of ${statuses.join(', ')}` }] : []),
    ];
    if (problems.length > 0) return brokenRules(problems, knobs.audixa?.errors);
    const wanted = this.#context.jobs.of(apiKey).filter((job) => status === null || statusOf(job) === status);
    const history = wanted
      .flatMap((job) => [describeJob(job, url.origin)].filter((each) => each !== undefined))
      .slice(offset, offset + limit)
      .map((item) => shown(historyItem(item), knobs));
    return success({ limit, offset, length: history.length, history });
  }
}

/** The HTTP API of the emulated Audixa. */
export const createAudixaApi = (context: AudixaContext): AudixaAccount => new AudixaApi(context);
