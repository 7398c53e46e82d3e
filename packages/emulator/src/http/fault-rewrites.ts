import type { FaultName, HttpFault, PreparedAnswer } from './http-faults.ts';

const page = Buffer.from('<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>');
const byteOrderMark = Buffer.from('\uFEFF');

const isJson = ({ headers }: PreparedAnswer): boolean => (headers['content-type'] ?? '').includes('json');
const half = ({ body }: PreparedAnswer): Buffer => body.subarray(0, body.length >> 1);
const ofType = (answer: PreparedAnswer, contentType: string): PreparedAnswer => ({
  ...answer,
  headers: { ...answer.headers, 'content-type': contentType },
});

type Rewrite = (answer: PreparedAnswer, fault: HttpFault) => PreparedAnswer;

/** The faults that put something else into a successful answer, and send it as any other. */
const rewrites: Partial<Record<FaultName, Rewrite>> = {
  'short-body': (answer) => ({ ...answer, body: half(answer) }),
  'truncated-json': (answer) => (isJson(answer) ? { ...answer, body: half(answer) } : answer),
  'empty-200': (answer) => ({ ...answer, status: 200, body: Buffer.alloc(0) }),
  'html-200': (answer) => ({ ...ofType(answer, 'text/html'), status: 200, body: page }),
  'wrong-type': (answer, { contentType = 'text/plain' }) => ofType(answer, contentType),
  bom: (answer) => (isJson(answer) ? { ...answer, body: Buffer.concat([byteOrderMark, answer.body]) } : answer),
};

/** What is sent instead of a successful answer. */
export const rewrite = (answer: PreparedAnswer, fault: HttpFault): PreparedAnswer =>
  rewrites[fault.name]?.(answer, fault) ?? answer;
