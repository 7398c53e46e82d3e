import { createAudixa, createMoknah, createSauti, type AudixaOptions, type ClientEvent, type SpeechStream } from 'saystream';

import type { ScriptedServer } from './scripted-server.ts';

/** What a call that is to be aborted can see and do. */
export interface World {
  readonly server: ScriptedServer;
  readonly events: readonly ClientEvent[];
  /** Answers whose headers have come. */
  readonly headersSeen: () => number;
  readonly options: AudixaOptions;
}
/** A call that rejects, a stream too. */
export type Call = (world: World, signal: AbortSignal) => Promise<unknown>;

const text = 'Enough of that.';
/** A stream tells by its outcome. */
const outcomeOf = async (stream: SpeechStream): Promise<never> => {
  const { error } = await stream.outcome;
  throw error ?? new Error('the stream is complete');
};
async function* unfinished(): AsyncGenerator<string> {
  yield 'The first piece';
  await new Promise(() => undefined);
}

const audixaRequest = { text, voiceId: 'am_ethan' };
const sautiRequest = { text, voiceId: 'sauti-swahili-v1' };
const moknahRequest = { text, voiceId: 7 };
/** Ways to ask Audixa. */
export const audixa = {
  generate: (({ options }, signal) => createAudixa(options).generate(audixaRequest, { signal })) as Call,
  submit: (({ options }, signal) => createAudixa(options).submit(audixaRequest, { signal })) as Call,
  stream: (({ options }, signal) => outcomeOf(createAudixa(options).stream(audixaRequest, { signal }))) as Call,
  gather: (({ options }, signal) =>
    outcomeOf(createAudixa(options).stream({ ...audixaRequest, text: unfinished() }, { signal }))) as Call,
};
/** Ways to ask SAUTI. */
export const sauti = {
  generate: (({ options }, signal) => createSauti(options).generate(sautiRequest, { signal })) as Call,
  stream: (({ options }, signal) => outcomeOf(createSauti(options).stream(sautiRequest, { signal }))) as Call,
  gather: (({ options }, signal) =>
    outcomeOf(createSauti(options).stream({ ...sautiRequest, text: unfinished() }, { signal }))) as Call,
  /** The eleventh of a minute. */
  eleventh: (async ({ options }, signal) => {
    const client = createSauti(options);
    await Promise.allSettled(Array.from({ length: 10 }, () => client.generate(sautiRequest)));
    return client.generate(sautiRequest, { signal });
  }) as Call,
  eleventhStream: (async ({ options }, signal) => {
    const client = createSauti(options);
    await Promise.allSettled(Array.from({ length: 10 }, () => client.generate(sautiRequest)));
    return outcomeOf(client.stream(sautiRequest, { signal }));
  }) as Call,
};
/** Ways to ask Moknah. */
export const moknah = {
  generate: (({ options }, signal) => createMoknah(options).generate(moknahRequest, { signal })) as Call,
  stream: (({ options }, signal) => outcomeOf(createMoknah(options).stream(moknahRequest, { signal }))) as Call,
  /** The first one has the slot. */
  second: (({ options }, signal) => {
    const client = createMoknah(options);
    client.generate(moknahRequest).catch(() => undefined);
    return client.generate(moknahRequest, { signal });
  }) as Call,
  secondStream: (({ options }, signal) => {
    const client = createMoknah(options);
    client.generate(moknahRequest).catch(() => undefined);
    return outcomeOf(client.stream(moknahRequest, { signal }));
  }) as Call,
};
