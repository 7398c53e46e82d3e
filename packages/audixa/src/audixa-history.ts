import type { AudixaConnection } from './audixa-connection.ts';
import { readGeneration, type AudixaGeneration } from './audixa-generation.ts';
import { listPages, type AudixaPages } from './audixa-pages.ts';

/** Which generations to list. */
export interface AudixaHistoryQuery {
  /** `IN_QUEUE`, `GENERATING`, `COMPLETED`, `FAILED` or `EXPIRED`; all when left out. */
  readonly status?: string;
  /** Generations per request, 1–100, default 20. */
  readonly pageSize?: number;
  /** Aborting it ends the listing. */
  readonly signal?: AbortSignal;
}

/** Lists the account's generations, newest first, page after page. @throws SpeechError while iterating */
export const listHistory = (
  connection: AudixaConnection,
  { status, pageSize = 20, signal }: AudixaHistoryQuery,
  more?: Pick<AudixaPages<AudixaGeneration>, 'maxPages' | 'onPage'>,
): AsyncGenerator<AudixaGeneration, void, void> =>
  listPages(connection, {
    ...more,
    url: '/history',
    member: 'history',
    query: { status },
    limit: pageSize,
    read: (each) => readGeneration(connection, each),
    signal,
  });
