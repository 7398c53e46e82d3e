import { expect, test } from 'vitest';

import { parseAudixaError } from './parse-audixa-error.ts';
import { parseMoknahError } from './parse-moknah-error.ts';
import { parseProblemDetails } from './parse-problem-details.ts';
import { parseSautiError } from './parse-sauti-error.ts';

const parsers = [parseAudixaError, parseSautiError, parseMoknahError, parseProblemDetails];
const fieldsOf = (body: unknown): string[] =>
  parseProblemDetails({ status: 400, body }).fields.map(({ path, message }) => `${path}: ${message}`);

test.each<[server: string, body: unknown, fields: string[]]>([
  [
    'NestJS',
    { statusCode: 400, message: ['text should not be empty', 'a.0.b must be a string', 'No'], error: 'Bad Request' },
    ['text: text should not be empty', 'a[0].b: a.0.b must be a string', ': No'],
  ],
  [
    'class-validator',
    {
      statusCode: 400,
      message: [{ target: { text: 'private' }, value: 'private', property: 'text', constraints: { isString: 'A', max: 'B' } }],
    },
    ['text: A', 'text: B'],
  ],
  [
    'Fastify',
    { statusCode: 400, code: 'FST_ERR_VALIDATION', error: 'Bad Request', message: 'body/items/0/text must be string' },
    ['items[0].text: body/items/0/text must be string'],
  ],
  [
    'Fastify about the whole body',
    { statusCode: 400, error: 'Bad Request', message: "body must have required property 'text'" },
    ["text: body must have required property 'text'"],
  ],
  [
    'Fastify about an object in the body',
    { statusCode: 400, error: 'Bad Request', message: "body/voice/0 must have required property 'id'" },
    ["voice[0].id: body/voice/0 must have required property 'id'"],
  ],
  [
    'Fastify about a query',
    { statusCode: 400, error: 'Bad Request', message: 'querystring/speed must be number' },
    ['speed: querystring/speed must be number'],
  ],
  [
    'a field whose name begins like a place',
    { statusCode: 400, message: ['bodyText must be a string'] },
    ['bodyText: bodyText must be a string'],
  ],
  ['a sentence that names no field', { statusCode: 400, error: 'Bad Request', message: 'Too slow' }, []],
  [
    'hapi about a length',
    { statusCode: 400, error: 'Bad Request', message: '"a.text" length must be less than 9' },
    ['a.text: "a.text" length must be less than 9'],
  ],
  [
    'NestJS with a list of its own',
    { statusCode: 400, message: 'Validation failed', errors: [{ path: ['text'], message: 'Required' }] },
    ['text: Required'],
  ],
  [
    'Spring',
    {
      status: 400,
      error: 'Bad Request',
      message: '',
      path: '/tts',
      errors: [{ codes: ['NotBlank.text'], field: 'text', rejectedValue: 'private', defaultMessage: 'must not be blank' }],
    },
    ['text: must not be blank'],
  ],
  [
    'hapi',
    { statusCode: 400, error: 'Bad Request', message: '"text" is required', validation: { source: 'payload', keys: ['text'] } },
    ['text: "text" is required'],
  ],
  [
    'ASP.NET',
    {
      type: 'https://tools.ietf.org/html/rfc9110#section-15.5.1',
      title: 'One or more',
      status: 400,
      errors: { Text: ['Required.'], '$.speed': ['No number.'] },
      traceId: '00',
    },
    ['Text: Required.', 'speed: No number.'],
  ],
  [
    'Laravel',
    { message: 'Required.', errors: { 'items.0.text': ['Required.'], text: ['A', 'B'] } },
    ['items[0].text: Required.', 'text: A', 'text: B'],
  ],
  [
    'Quarkus',
    { title: 'Constraint Violation', status: 400, violations: [{ field: 'query', message: 'must not be blank' }] },
    ['query: must not be blank'],
  ],
  ['violations alone', { violations: [{ field: 'query', message: 'must not be blank' }] }, ['query: must not be blank']],
  [
    'google.rpc',
    {
      error: {
        code: 400,
        message: 'Invalid',
        status: 'INVALID_ARGUMENT',
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.BadRequest',
            fieldViolations: [{ field: 'input.text', description: 'Too long' }],
          },
        ],
      },
    },
    ['input.text: Too long'],
  ],
  [
    'zod’s issues',
    { error: { name: 'ZodError', issues: [{ code: 'too_big', path: ['items', 0, 'text'], message: 'Too big' }] } },
    ['items[0].text: Too big'],
  ],
  [
    'zod’s flatten',
    { formErrors: ['Not both'], fieldErrors: { text: ['Required', 'Odd'] } },
    [': Not both', 'text: Required', 'text: Odd'],
  ],
  ['zod’s flatten under errors', { errors: { formErrors: [], fieldErrors: { text: ['Required'] } } }, ['text: Required']],
  ['zod’s format', { errors: { _errors: ['Whole'], text: { _errors: ['Required'] } } }, [': Whole', 'text: Required']],
  [
    'express-validator 7',
    { errors: [{ type: 'field', value: 'private', msg: 'Invalid value', path: 'items[0].text', location: 'body' }] },
    ['items[0].text: Invalid value'],
  ],
  [
    'express-validator 6',
    { errors: [{ value: 'private', msg: 'Invalid value', param: 'text', location: 'body' }] },
    ['text: Invalid value'],
  ],
  [
    'ajv',
    {
      errors: [
        {
          instancePath: '/items/0/text',
          schemaPath: '#/x',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
        },
        { instancePath: '', keyword: 'required', params: { missingProperty: 'text' }, message: 'must have it' },
        { instancePath: '/voice', keyword: 'required', params: { missingProperty: 'id' }, message: 'must have it' },
      ],
    },
    ['items[0].text: must be string', 'text: must have it', 'voice.id: must have it'],
  ],
  [
    'JSON:API',
    {
      errors: [
        { status: '422', source: { pointer: '/data/attributes/text' }, title: 'Invalid', detail: 'Too long' },
        { source: { parameter: 'voice' }, title: 'Unknown voice' },
      ],
    },
    ['text: Too long', 'voice: Unknown voice'],
  ],
  [
    'RFC 7807',
    { type: 'https://a.example/validation', title: 'Invalid', 'invalid-params': [{ name: 'text', reason: 'too long' }] },
    ['text: too long'],
  ],
])('%s', (_server, body, fields) => {
  expect(fieldsOf(body)).toEqual(fields);
  expect(fieldsOf(JSON.stringify(body))).toEqual(fields);
});

test.each<[what: string, body: object]>([
  ['Audixa and Quarkus', { errors: [{ field: 'text', message: 'No' }] }],
  ['violations', { violations: [{ field: 'text', message: 'No' }] }],
  ['FastAPI', { detail: [{ loc: ['body', 'text'], msg: 'No' }] }],
  ['RFC 9457', { title: 'Bad', errors: [{ pointer: '#/text', detail: 'No' }] }],
  ['a path', { error: 'Bad Request', message: [{ path: ['text'], message: 'No' }] }],
  ['Django', { text: ['No'] }],
  ['Laravel and ASP.NET', { message: 'Bad', errors: { text: ['No'] } }],
  ['zod’s flatten', { fieldErrors: { text: ['No'] } }],
])('every parser reads %s', (_shape, body) => {
  for (const parse of parsers) expect(parse({ status: 400, body }).fields).toEqual([{ path: 'text', message: 'No' }]);
});

test('every parser lists the messages of a list without a place', () => {
  const body = { statusCode: 400, error: 'Bad Request', message: ['Too long', 'Too odd'] };
  for (const parse of parsers)
    expect(parse({ status: 400, body }).fields).toEqual([
      { path: '', message: 'Too long' },
      { path: '', message: 'Too odd' },
    ]);
});

test.each<[what: string, body: object, sentence: string]>([
  [
    'the reason beats the status’s name',
    { statusCode: 400, error: 'Bad Request', message: 'body must have property text' },
    'body must have property text',
  ],
  ['a blank reason leaves the status’s name', { status: 400, error: 'Bad Request', message: '' }, 'Bad Request'],
  ['an object’s message beats the one beside it', { error: { message: 'Too long' }, message: 'Failed' }, 'Too long'],
  ['OAuth’s description beats its code', { error: 'invalid_request', error_description: 'No text' }, 'No text'],
  ['a title is better than nothing', { title: 'Constraint Violation' }, 'Constraint Violation'],
])('%s', (_what, body, sentence) => {
  for (const parse of parsers) expect(parse({ status: 400, body }).message).toMatch(new RegExp(`400: ${sentence}`));
});

const text = 'My private letter to you.\nIt has "quotes".';

test.each<[what: string, body: object]>([
  ['a request beside detail', { detail: 'Bad', request: { text: [text] } }],
  ['FastAPI’s input beside its message', { detail: [{ loc: ['body', 'speed'], msg: 'Bad', input: { text } }] }],
  ['an input alone', { input: { text: [text] } }],
  [
    'the body of a request in details',
    { error: { message: 'Bad', details: { body: { text }, request: text, payload: { a: [text] } } } },
  ],
  ['a problem’s extension members', { type: 'https://a.example/bad', title: 'Bad', sent: { text: [text] }, texts: [text] }],
])('without knowing the text, an echo is no field problem: %s', (_what, body) => {
  for (const parse of parsers) expect(JSON.stringify(parse({ status: 400, body }))).not.toMatch(/private|quotes/);
});

test.each<[what: string, body: unknown]>([
  ['in a sentence', { detail: `The text '${text}' is too long` }],
  ['cut', { detail: `The text 'My private letter t…' is too long` }],
  ['escaped', { detail: `The text ${JSON.stringify(text)} is too long` }],
  ['in plain text', `Cannot speak: ${text}`],
  ['deep in details', { error: { message: 'Bad', details: { a: { b: [{ text }] }, text } } }],
  ['as a message with a place', { errors: [{ field: 'text', message: text }] }],
  ['as a name', { errors: { [text]: ['is wrong'] } }],
  ['as a code', { error: { code: text, message: text }, type: text }],
])('the sent text is struck out %s', (_what, body) => {
  for (const parse of parsers) expect(JSON.stringify(parse({ status: 400, body, sentText: text }))).not.toMatch(/private|quotes/);
});

test('of a text that was sent, what the vendor says about it stays', () => {
  const body = {
    detail: `'${text}' is too long`,
    errors: [
      { field: 'text', message: 'Too long' },
      { field: 'text', message: text },
    ],
  };
  const error = parseAudixaError({ status: 400, body, sentText: text });
  expect(error.message).toBe(`Audixa answered with status 400: '***' is too long; text: Too long`);
  expect(error.fields).toEqual([{ path: 'text', message: 'Too long' }]);
});

test('a short text strikes no word of the vendor’s, and is no problem where it is all that was said', () => {
  const body = { detail: 'text is required', errors: [{ field: 'text', message: 'text' }] };
  const error = parseAudixaError({ status: 400, body, sentText: 'text' });
  expect(error.message).toBe('Audixa answered with status 400: text is required');
  expect(error.fields).toEqual([]);
});

test.each([
  [
    'S3',
    403,
    '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Request has expired</Message><Expires>2025-11-05T00:00:00Z</Expires></Error>',
  ],
  [
    'Azure',
    403,
    '\ufeff<?xml version="1.0"?><Error><Code>AuthenticationFailed</Code><Message>Server failed to authenticate the request.</Message><AuthenticationErrorDetail>Signature not valid in the specified time frame: Start [x]</AuthenticationErrorDetail></Error>',
  ],
  [
    'Google',
    400,
    '<?xml version="1.0"?><Error><Code>ExpiredToken</Code><Message>Invalid argument.</Message><Details>The provided token has expired.</Details></Error>',
  ],
])('an expired address of %s is named', (_storage, status, body) => {
  const error = parseAudixaError({ status, body });
  expect(error.kind).toBe(status === 403 ? 'forbidden' : 'invalid-request');
  expect(error.message).toBe(`Audixa answered with status ${status}: The address of the file has expired`);
  expect(error.advice).toBe('Ask for the generation again: it has a new address.');
});

test('another refusal of a storage says its message, and a page about expiry is no storage', () => {
  const body = '<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>';
  expect(parseAudixaError({ status: 404, body }).message).toBe(
    'Audixa answered with status 404: The specified key does not exist.',
  );
  expect(parseAudixaError({ status: 403, body: '<html><title>Session expired</title>' }).advice).toBe('Check the plan.');
});
