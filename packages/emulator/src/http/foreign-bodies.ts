import { jsonAnswer, pageAnswer, type Answer } from './answer.ts';

const field = (path: readonly (string | number)[], msg: string, type: string, ctx?: object): object => ({
  loc: path,
  msg,
  type,
  ...(ctx && { ctx }),
});

/** What FastAPI, Django REST framework, Django and nginx say (measured with real servers), the vendors' own older versions, and their pages' patterns. */
const bodies: Readonly<Record<string, Answer>> = {
  'fastapi-validation': jsonAnswer(422, { detail: [field(['body', 'text'], 'Field required', 'missing')] }),
  'fastapi-bad-json': jsonAnswer(422, {
    detail: [
      field(['body', 1], 'JSON decode error', 'json_invalid', { doc: '{"text": "the whole request', error: 'Expecting value' }),
    ],
  }),
  'fastapi-object': jsonAnswer(400, { detail: { code: 'too_long', reason: 'The text is too long' } }),
  'fastapi-list': jsonAnswer(400, { detail: ['The text is too long', 'The voice is unknown'] }),
  'fastapi-crash': { status: 500, contentType: 'text/plain; charset=utf-8', body: 'Internal Server Error' },
  'drf-fields': jsonAnswer(400, { text: ['This field is required.'], opts: { rate: ['A valid number is required.'] } }),
  'drf-cross-field': jsonAnswer(400, { non_field_errors: ['The voice does not speak this language.'] }),
  'drf-list': jsonAnswer(400, ['The text is too long.', 'The voice is unknown.']),
  'drf-list-of-objects': jsonAnswer(400, [{ text: ['This field may not be blank.'] }, {}]),
  'drf-throttle': {
    ...jsonAnswer(429, { detail: 'Request was throttled. Expected available in 60 seconds.' }),
    headers: { 'retry-after': '60' },
  },
  'django-404': pageAnswer(404, 'Not Found'),
  'django-500': { ...pageAnswer(500, 'Server Error'), contentType: 'text/html; charset=utf-8' },
  'nginx-413': pageAnswer(413, 'Request Entity Too Large'),
  'nginx-502': pageAnswer(502, 'Bad Gateway'),
  'nginx-504': pageAnswer(504, 'Gateway Time-out'),
  'audixa-v2': jsonAnswer(400, { detail: { error: 'Text must be at least 30 characters long.' } }),
  'audixa-v2-429': jsonAnswer(429, { detail: 'Too Many Requests', error: '20 per 1 minute' }),
  // The vendors' pages say what an error looks like before they name any.
  'audixa-format': jsonAnswer(400, { detail: 'Human-readable error message' }),
  'audixa-format-fields': jsonAnswer(400, {
    detail: 'Validation error',
    errors: [
      { field: 'text', message: 'Text is required' },
      { field: 'voice_id', message: 'Invalid voice ID' },
    ],
  }),
  'sauti-format': jsonAnswer(
    400,
    {
      type: 'https://sauti.finiflowlabs.com/errors/{error_code}',
      title: 'Human-readable error title',
      status: 400,
      detail: 'Specific explanation of what went wrong.',
      instance: '/v1/text-to-speech/{voice_id}',
    },
    'application/problem+json',
  ),
  // No JSON, word for word.
  'moknah-format': {
    status: 400,
    contentType: 'application/json',
    body: '{"success": False, "error": {"code": "ERROR_CODE", "message": "Human-readable error description", "details": {}}}',
  },
  'message-only': jsonAnswer(400, { message: 'The text is too long' }),
  'null-body': jsonAnswer(500, null),
  'empty-body': { status: 500, contentType: 'application/json', body: '' },
};

/** Their names. */
export const foreignNames: readonly string[] = Object.keys(bodies);

/** The answer of that name. */
export const foreignAnswer = (name: string): Answer => bodies[name] ?? jsonAnswer(500, null);
