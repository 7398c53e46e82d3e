import { jsonAnswer, type Answer } from '../http/answer.ts';
import { isJsonType, parseJson } from '../http/request-text.ts';
import type { ApiCall, Asked, VendorApi, VendorContext } from '../http/vendor-api.ts';
import { voiceRate } from '../resample.ts';
import { createAccounts, minuteEndSeconds, minuteLimits, type MoknahAccount } from './moknah-account.ts';
import { errorAnswer } from './moknah-bodies.ts';
import { encode } from './moknah-formats.ts';
import { checkSynthesis, type BrokenFields, type MoknahSynthesis } from './moknah-request-rules.ts';
import type { MoknahKnobs } from './moknah-scenarios.ts';
import { accessTo, voicesOf } from './moknah-voices.ts';

const shortestMs = 50;
const longestMs = 5_000;
/** Of the vendor's sample of a 429. */
const sampleWaitSeconds = 45;

const knobsOf = ({ knobs }: Pick<Asked, 'knobs'>): MoknahKnobs => knobs.moknah ?? {};

/** The emulated developer API of Moknah: `/api/v1/tts/generate/` and `/api/v1/voices/`. */
class MoknahApi implements VendorApi {
  readonly vendor = 'moknah';
  readonly exposedHeaders = [
    'Retry-After',
    'RateLimit-Limit',
    'RateLimit-Remaining',
    'RateLimit-Reset',
    'Moknah-Credits-Remaining',
    'Moknah-Credits-Used',
  ];
  readonly #context: VendorContext;
  readonly #accountOf = createAccounts();
  #generations = 0;

  constructor(context: VendorContext) {
    this.#context = context;
  }

  owns(pathname: string): boolean {
    return pathname.startsWith('/api/v1/');
  }

  keyOf(headers: ApiCall['headers']): string {
    return /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
  }

  refusal(status: number, asked: Pick<Asked, 'knobs'>): Answer {
    const answer = errorAnswer(status, knobsOf(asked));
    return status === 429 ? this.#withRetryAfter(answer, knobsOf(asked), sampleWaitSeconds) : answer;
  }

  async answer(call: ApiCall): Promise<Answer> {
    const knobs = knobsOf(call);
    const account = this.#account(call);
    account.requests += 1;
    if (account.requests > minuteLimits.requests && !knobs.noLimits) return this.#tooMany(account, knobs);
    const path = call.url.pathname.replace(/\/?$/, '/');
    if (path !== call.url.pathname && knobs.slash === 'missing') return errorAnswer(404, knobs, {});
    if (path !== call.url.pathname && knobs.slash === 'redirect') {
      return { status: 301, contentType: 'text/html', body: '', headers: { location: path } };
    }
    if (path === '/api/v1/voices/' && /^(GET|POST)$/.test(call.method)) return jsonAnswer(200, voicesOf(knobs));
    if (path !== '/api/v1/tts/generate/' || call.method !== 'POST') return errorAnswer(404, knobs, {});
    return this.#generate(call, account);
  }

  /** Without a key there is no account to show (inferred). */
  accountHeaders(asked: Asked, { status, credits = 0 }: Answer): Readonly<Record<string, string>> {
    const { hideHeaders, resetDelta } = knobsOf(asked);
    if (hideHeaders || !asked.apiKey || status === 401) return {};
    const nowMs = this.#context.clock.now();
    const account = this.#account(asked);
    const reset = minuteEndSeconds(nowMs);
    return {
      'ratelimit-limit': String(minuteLimits.requests),
      'ratelimit-remaining': String(Math.max(0, minuteLimits.requests - account.requests)),
      'ratelimit-reset': String(resetDelta ? Math.ceil(reset - nowMs / 1_000) : reset),
      'moknah-credits-remaining': String(account.credits),
      'moknah-credits-used': String(credits),
    };
  }

  #account(asked: Pick<Asked, 'apiKey' | 'knobs'>): MoknahAccount {
    return this.#accountOf(asked.apiKey, this.#context.clock.now(), knobsOf(asked).credits);
  }

  #withRetryAfter(answer: Answer, { hideHeaders, retryDate }: MoknahKnobs, seconds: number): Answer {
    if (hideHeaders) return answer;
    // A date has whole seconds; it is rounded up, so that nobody comes too early.
    const date = new Date(Math.ceil(this.#context.clock.now() / 1_000 + seconds) * 1_000).toUTCString();
    return { ...answer, headers: { 'retry-after': retryDate ? date : String(seconds) } };
  }

  #tooMany(account: MoknahAccount, knobs: MoknahKnobs): Answer {
    const nowMs = this.#context.clock.now();
    const seconds = Math.max(1, Math.ceil(minuteEndSeconds(nowMs) - nowMs / 1_000));
    const remaining = minuteLimits.credits - account.minuteCredits;
    const details = { credits_remaining: Math.max(0, remaining), reset_after: seconds };
    return this.#withRetryAfter(errorAnswer(429, knobs, details), knobs, seconds);
  }

  async #generate(call: ApiCall, account: MoknahAccount): Promise<Answer> {
    const knobs = knobsOf(call);
    account.asked += 1;
    const checked = checkBody(call);
    const broken = 'status' in checked ? errorAnswer(checked.status, knobs, checked.details) : undefined;
    if (broken && knobs.bodyFirst) return broken;
    if (account.busy || account.asked <= (knobs.busy ?? 0)) return errorAnswer(409, knobs);
    if ('status' in checked) return broken ?? errorAnswer(400, knobs);
    const refused = this.#refuse(checked, account, knobs);
    if (refused) return refused;
    account.busy = true;
    try {
      return await this.#make(call, checked, account);
    } catch (error) {
      account.busy = false;
      throw error;
    }
  }

  /** What refuses a well-formed synthesis, in the order that we guess (inferred). */
  #refuse({ voiceId, credits }: MoknahSynthesis, account: MoknahAccount, knobs: MoknahKnobs): Answer | undefined {
    const access = accessTo(voiceId);
    if (access === 'forbidden') return errorAnswer(403, knobs);
    if (access === 'unknown') return errorAnswer(404, knobs, { voice_id: String(voiceId) });
    if (credits > account.credits) {
      return { ...errorAnswer(402, knobs, { credits_remaining: account.credits, credits_required: credits }), credits };
    }
    if (account.minuteCredits + credits > minuteLimits.credits && !knobs.noLimits) return this.#tooMany(account, knobs);
    return undefined;
  }

  async #make(call: ApiCall, synthesis: MoknahSynthesis, account: MoknahAccount): Promise<Answer> {
    const { clock, ledger, speak, rate } = this.#context;
    const knobs = knobsOf(call);
    const { text, voiceId, format, credits, speed } = synthesis;
    account.credits -= credits;
    account.minuteCredits += credits;
    this.#generations += 1;
    const entry = ledger.accept({
      vendor: 'moknah',
      generationId: `moknah_${this.#generations}`,
      text,
      credits,
      voiceId: String(voiceId),
      model: format,
      transport: 'http',
    });
    const voice = await speak(text, { vendor: 'moknah', voiceId: String(voiceId), speed });
    entry.samples = voice.length;
    const workMs = ((voice.length / voiceRate) * 1_000) / (call.knobs.rate ?? rate);
    await clock.wait(knobs.latencyMs ?? Math.min(longestMs, Math.max(shortestMs, workMs)), call.left);
    const { body, contentType } = encode(voice, format);
    const free = (): void => void (account.busy = false);
    return {
      status: 200,
      contentType: knobs.wrongType ? 'text/plain' : contentType,
      body: knobs.halfSample ? body.subarray(0, body.length - 1) : body,
      credits,
      released: () => void (call.left.aborted && knobs.holdMs ? clock.wait(knobs.holdMs).then(free) : free()),
    };
  }
}

/** What is asked for, or what is wrong with the body of the request. */
function checkBody({ body, headers }: ApiCall): MoknahSynthesis | { status: 400 | 413; details?: BrokenFields } {
  if (body === undefined) return { status: 413 };
  if (!isJsonType(headers['content-type'])) return { status: 400, details: { body: ['Content-Type must be application/json.'] } };
  const checked = checkSynthesis(parseJson(body));
  return 'broken' in checked ? { status: 400, details: checked.broken } : checked;
}

/** The emulated Moknah. */
export const createMoknahApi = (context: VendorContext): VendorApi => new MoknahApi(context);
