import { literal, numbered, type ScenarioRow } from '../scenario-row.ts';

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
  set('errors-422', 'broken rules are told with 422, in FastAPI’s shape.', { errors: '422' }),
  set('errors-detail-object', 'broken rules are told in an object, as in 2025.', { errors: 'detail-object' }),
];
