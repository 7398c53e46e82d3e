// What explaining costs: `node packages/errors/bench/parse-cost.mjs`. All ratios come from one run on one machine.
import { build } from 'esbuild';

const { outputFiles } = await build({
  entryPoints: [new URL('../src/index.ts', import.meta.url).pathname],
  bundle: true,
  format: 'esm',
  write: false,
});
const source = Buffer.from(outputFiles[0].contents).toString('base64');
const { parseAudixaError, parseMoknahError, parseSautiError } = await import(`data:text/javascript;base64,${source}`);

/** Median microseconds of one call, over 15 rounds. */
function cost(work, calls = 2000) {
  const rounds = Array.from({ length: 15 }, () => {
    const startedAt = performance.now();
    for (let i = 0; i < calls; i++) work();
    return ((performance.now() - startedAt) * 1000) / calls;
  });
  return rounds.sort((a, b) => a - b)[7];
}

const text = 'A sentence that is to be spoken. '.repeat(600);
const answers = {
  'Audixa 400, two fields': [
    parseAudixaError,
    400,
    {
      detail: 'Validation error',
      errors: [
        { field: 'text', message: 'Text is required' },
        { field: 'model', message: 'Bad model' },
      ],
    },
  ],
  'SAUTI 409': [
    parseSautiError,
    409,
    {
      type: 'https://sauti.finiflowlabs.com/errors/job_not_complete',
      title: 'Conflict',
      status: 409,
      detail: 'Job has not completed yet.',
    },
  ],
  'Moknah 402': [
    parseMoknahError,
    402,
    {
      error: {
        code: 'INSUFFICIENT_CREDITS',
        message: 'Not enough credits.',
        details: { credits_remaining: 50, credits_required: 150 },
      },
    },
  ],
  'FastAPI 422 with a text of 20 kB': [
    parseAudixaError,
    422,
    {
      detail: [
        { type: 'string_too_long', loc: ['body', 'text'], msg: 'String too long', input: text, ctx: { max_length: 5000 } },
      ],
    },
  ],
};

console.log('answer                              JSON.parse  new Error  explained  ÷ JSON.parse');
for (const [name, [parse, status, body]] of Object.entries(answers)) {
  const json = JSON.stringify(body);
  const parsing = cost(() => JSON.parse(json));
  const throwing = cost(() => new Error(json.slice(0, 100)));
  const explaining = cost(() => parse({ status, headers: { 'Retry-After': '3' }, body: json }));
  const columns = [parsing, throwing, explaining].map((us) => `${us.toFixed(1)} µs`.padStart(11));
  console.log(name.padEnd(34), ...columns, (explaining / parsing).toFixed(1).padStart(8));
}

const hostile = [
  '{',
  '[',
  '"',
  '<title',
  'key a ',
  'a1-',
  '://',
  '{"a":',
  '[{"loc":["body","a"],"msg":"m"},',
  '\u202e',
  '?a',
  'r=0',
  ' ',
].flatMap((piece) => {
  const long = piece.repeat(Math.ceil(65_536 / piece.length)).slice(0, 65_536);
  return [long, JSON.stringify({ detail: long.slice(0, 60_000), errors: [long.slice(0, 5000)] })];
});
const times = hostile.flatMap((body) =>
  Array.from({ length: 20 }, () => {
    const startedAt = performance.now();
    parseMoknahError({ status: 422, body, headers: { RateLimit: body, Date: body } });
    return performance.now() - startedAt;
  }),
);
times.sort((a, b) => a - b);
console.log(
  `hostile bodies of 64 KiB: p50 ${times[times.length >> 1].toFixed(2)} ms, p99 ${times[Math.floor(times.length * 0.99)].toFixed(2)} ms, longest ${times.at(-1).toFixed(2)} ms`,
);
