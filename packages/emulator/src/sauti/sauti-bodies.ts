import { jsonAnswer, pageAnswer, type Answer } from '../http/answer.ts';

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

/** What comes from proxies, as a page. */
const pages: Readonly<Record<number, string>> = { 502: 'Bad Gateway', 504: 'Gateway Time-out', 520: 'Unknown error' };

/** An error of the vendor's, with another `detail` where the occasion has one. */
export function problemAnswer(status: number, path: string, detail?: string): Answer {
  const page = pages[status];
  if (page) return pageAnswer(status, page);
  const problem = problems[status] ?? { code: 'error', title: `Status ${status}`, detail: `Status ${status}` };
  return jsonAnswer(
    status,
    {
      type: `https://sauti.finiflowlabs.com/errors/${problem.code}`,
      title: problem.title,
      status,
      detail: detail ?? problem.detail,
      ...(problem.instance && { instance: path }),
    },
    'application/problem+json',
  );
}

/** The same in FastAPI's shape (inferred: the vendor's other traits are FastAPI's). */
export const fastApiAnswer = (status: number, detail: string): Answer =>
  jsonAnswer(status, {
    detail: status === 422 ? [{ loc: ['body', 'text'], msg: detail, type: 'value_error' }] : 'Not Found',
  });
