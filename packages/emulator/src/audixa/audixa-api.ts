import type { Answer } from '../http/answer.ts';
import type { ApiCall, VendorApi } from '../http/vendor-api.ts';
import { exposedHeaders, rateHeaders } from './answer-headers.ts';
import { answerOf, brokenRules, noSuchPath, success } from './audixa-bodies.ts';
import type { AudixaContext } from './audixa-context.ts';
import { describeJob, historyItem, statusOf, type Job } from './audixa-jobs.ts';
import { checkRequest } from './audixa-request-rules.ts';
import { voicesOf } from './audixa-voices.ts';
import type { RateWindow } from './rate-window.ts';

const queueMs = 100;
const statuses = ['IN_QUEUE', 'GENERATING', 'COMPLETED', 'FAILED', 'EXPIRED'];

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Makes the speech of a job that nobody listens to, at its pace. */
async function work(job: Job, context: AudixaContext): Promise<void> {
  try {
    job.entry.samples = (await context.speak(job.entry.text)).length;
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

/** The HTTP API of the emulated Audixa. */
class AudixaApi implements VendorApi {
  readonly vendor = 'audixa';
  readonly exposedHeaders = exposedHeaders;
  readonly #context: AudixaContext;
  /** Where a key stood when its latest call came in. */
  readonly #rates = new Map<string, RateWindow>();

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

  accountHeaders(apiKey: string, { status }: Answer): Readonly<Record<string, string>> {
    const rate = this.#rates.get(apiKey) ?? this.#count(apiKey);
    this.#rates.delete(apiKey);
    return rateHeaders(rate, status);
  }

  answer(call: ApiCall): Answer {
    const rate = this.#count(call.apiKey);
    this.#rates.set(call.apiKey, rate);
    const { limit = Infinity } = call.knobs.audixa ?? {};
    return rate.requests > limit ? answerOf(429) : this.#route(call);
  }

  #count(apiKey: string): RateWindow {
    return this.#context.rateOf(apiKey, this.#context.clock.now());
  }

  #route(call: ApiCall): Answer {
    const { pathname, searchParams } = call.url;
    // Custom endpoints: only in the vendor's SDK. The id is in the path there.
    const [, slug, rest = '', id] = /^\/v3\/custom\/([^/]+)\/(tts|generations\/([^/]+))$/.exec(pathname) ?? [];
    if (slug && call.method === 'POST' && rest === 'tts') return this.#create(call);
    if (slug && call.method === 'GET' && id) return this.#show(call, decodeURIComponent(id));
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
    const checked = checkRequest(parseJson(body));
    if ('broken' in checked) return brokenRules(checked.broken, audixa.errors);
    const { jobs } = this.#context;
    const underWay = jobs.of(apiKey).filter((job) => /QUEUE|GENERATING/.test(statusOf(job)));
    if (underWay.length >= (audixa.concurrent ?? Infinity)) return answerOf(429);
    const job = jobs.create(checked.request, { transport: 'http', knobs, apiKey });
    const { generationId } = job.entry;
    // Even a job that nobody will find again was accepted.
    const described = describeJob(job, url.origin) ?? { generation_id: generationId };
    void work(job, this.#context);
    return success(audixa.bare ? { [audixa.bare]: generationId } : described, audixa.created ? 201 : 200);
  }

  #show({ apiKey, url, knobs }: ApiCall, id: string | null): Answer {
    if (!id) return brokenRules([{ field: 'generation_id', message: 'Generation ID is required' }], knobs.audixa?.errors);
    const job = this.#context.jobs.find(id);
    // Another account's id is as unknown as a wrong one (newest vendor docs).
    const described = job?.apiKey === apiKey ? describeJob(job, url.origin) : undefined;
    return described ? success(described) : answerOf(404);
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
      .map(historyItem);
    return success({ limit, offset, length: history.length, history });
  }
}

/** The HTTP API of the emulated Audixa. */
export const createAudixaApi = (context: AudixaContext): VendorApi => new AudixaApi(context);
