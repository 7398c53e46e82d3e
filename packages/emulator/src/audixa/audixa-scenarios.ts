import { literal, numbered, type ScenarioRow } from '../scenario-row.ts';

/** What can be set of the host of finished files. */
export interface FileKnobs {
  /** `cut`: the first reading breaks off. `short`: each is, with a matching length. */
  readonly body?: 'cut' | 'short' | 'not-audio';
  /** 404 for so long after COMPLETED. */
  readonly lateMs?: number;
  readonly range?: 'ignored';
  readonly etag?: 'changes';
}

/** What can be set of the emulated Audixa's jobs and history. */
export interface AudixaKnobs {
  /** `POST /tts` answers 201. */
  readonly created?: boolean;
  /** `POST /tts` answers with the id alone, under one of its names. */
  readonly bare?: 'generation_id' | 'id';
  /** Statuses are spelt otherwise, or one that nobody knows comes before COMPLETED. */
  readonly status?: 'lower' | 'unknown';
  /** Ids are unknown 24 hours after their creation. */
  readonly idsExpire?: boolean;
  /** Requests per minute, enforced. */
  readonly limit?: number;
  /** Jobs at a time, enforced. */
  readonly concurrent?: number;
  /** Broken rules are told with 422, or in an object. */
  readonly errors?: '422' | 'detail-object';
  /** Members without a value are left out, not null. */
  readonly nullsAbsent?: boolean;
  readonly file?: FileKnobs;
}

const set = (name: string, description: string, audixa: AudixaKnobs): ScenarioRow =>
  literal(name, `Audixa: ${description}`, { audixa });

/** Scenarios of Audixa's jobs alone; those of its streams are in `scenario-table`. */
export const audixaScenarios: readonly ScenarioRow[] = [
  set('created-201', 'a new job is answered with 201.', { created: true }),
  set('bare-id', 'a new job is answered with its generation_id alone.', { bare: 'generation_id' }),
  set('id-name', 'a new job is answered with its id alone, under the name of id.', { bare: 'id' }),
  set('lower-status', 'statuses are in small letters.', { status: 'lower' }),
  set('unknown-status', 'a job is POLISHING before it is COMPLETED.', { status: 'unknown' }),
  set('ids-expire', 'ids are unknown after 24 hours, as older pages say.', { idsExpire: true }),
  numbered('limit-<n>', 3, 'Audixa: so many requests in a minute of the clock, then 429.', (limit) => ({ audixa: { limit } }), 1),
  numbered('concurrent-<n>', 1, 'Audixa: so many jobs at a time, then 429.', (concurrent) => ({ audixa: { concurrent } }), 1),
  set('nulls-absent', 'members without a value are left out instead of null.', { nullsAbsent: true }),
  set('errors-422', 'broken rules are told with 422, in FastAPI’s shape.', { errors: '422' }),
  set('errors-detail-object', 'broken rules are told in an object, as in 2025.', { errors: 'detail-object' }),
  set('cut-file', 'the finished file breaks off in the middle, the first time it is read.', { file: { body: 'cut' } }),
  set('short-file', 'the finished file is half as long as its WAV header says.', { file: { body: 'short' } }),
  set('not-audio', 'the finished file is a web page, with status 200.', { file: { body: 'not-audio' } }),
  numbered('file-late-<ms>', 300, 'Audixa: the finished file is 404 until so long after COMPLETED.', (lateMs) => ({
    audixa: { file: { lateMs } },
  })),
  set('range-ignored', 'the host of the finished files knows no Range.', { file: { range: 'ignored' } }),
  set('etag-changes', 'the finished file has another ETag each time.', { file: { etag: 'changes' } }),
];
