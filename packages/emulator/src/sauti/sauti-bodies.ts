import { jsonAnswer, proxyAnswer, type Answer } from '../http/answer.ts';

interface Problem {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  /** Whether the sample of the vendor's page names the path. */
  readonly instance?: boolean;
}

/** The vendor's page of errors, word for word where it has a sample. 403, 404 and 503 are not on it: words of ours. */
const problems: Readonly<Record<number, Problem>> = {
  400: {
    code: 'invalid_request',
    title: 'Invalid Request',
    detail: "Request body is malformed or missing required field 'text'.",
    instance: true,
  },
  401: { code: 'unauthorized', title: 'Unauthorized', detail: 'API key is missing or invalid.' },
  403: { code: 'forbidden', title: 'Forbidden', detail: 'This key may not do that.' },
  404: { code: 'not_found', title: 'Not Found', detail: 'There is no such thing.', instance: true },
  409: {
    code: 'job_not_complete',
    title: 'Conflict',
    detail: 'Job has not completed yet. Poll the status endpoint before downloading audio.',
    instance: true,
  },
  413: { code: 'payload_too_large', title: 'Payload Too Large', detail: 'Request body exceeds the maximum allowed size.' },
  422: { code: 'unprocessable_content', title: 'Unprocessable Content', detail: 'Text is longer than 5000 characters.' },
  429: {
    code: 'rate_limit_exceeded',
    title: 'Rate Limit Exceeded',
    detail: 'You have exceeded 10 requests per minute for synthesis. Try again shortly.',
  },
  500: {
    code: 'internal_error',
    title: 'Internal Server Error',
    detail: 'An unexpected error occurred. Please try again or contact support.',
  },
  503: { code: 'unavailable', title: 'Service Unavailable', detail: 'The service is not available.' },
};

/** The Retry-After of a 429 that no count has led to. */
const usualWaitSeconds = 30;

/** What the occasion knows better than the vendor's sample. */
interface Occasion {
  readonly detail?: string | undefined;
  /** Of a 429. */
  readonly waitSeconds?: number | 'none' | undefined;
}

/** An error of the vendor's. */
export function problemAnswer(status: number, path: string, { detail, waitSeconds = usualWaitSeconds }: Occasion = {}): Answer {
  const page = proxyAnswer(status);
  if (page) return page;
  const problem = problems[status] ?? { code: 'error', title: `Status ${status}`, detail: `Status ${status}` };
  const body = {
    type: `https://sauti.finiflowlabs.com/errors/${problem.code}`,
    title: problem.title,
    status,
    detail: detail ?? problem.detail,
    ...(problem.instance && { instance: path }),
  };
  const answer = jsonAnswer(status, body, 'application/problem+json');
  return status === 429 && waitSeconds !== 'none' ? { ...answer, headers: { 'retry-after': String(waitSeconds) } } : answer;
}

/** The same in FastAPI's shape (inferred: the vendor's other traits are FastAPI's). */
export const fastApiAnswer = (status: 404 | 422, detail = 'Value error'): Answer =>
  jsonAnswer(status, {
    detail: status === 422 ? [{ loc: ['body', 'text'], msg: detail, type: 'value_error' }] : 'Not Found',
  });
