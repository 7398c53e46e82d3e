// Calls of Audixa as its pages write them.
import type { Emulator } from '../src/index.ts';
import { ask, type ReadAnswer } from './read-answer.ts';

/** A key of a scenario, whose jobs and minute nobody else has touched. */
export interface AudixaKey {
  readonly apiKey: string;
  get(path: string): Promise<ReadAnswer>;
  /** A text for `am_ethan`, or a whole body. */
  post(body: unknown, path?: string): Promise<ReadAnswer>;
  /** Makes a job and gives its id. */
  create(text: string): Promise<string>;
  /** A job as `GET /tts` shows it. */
  job(id: string): Promise<Record<string, unknown>>;
}

let keys = 0;

/** A key of its own. */
export function audixaKey(emulator: Emulator, scenario?: string): AudixaKey {
  keys += 1;
  const apiKey = emulator.scenario(`${scenario ? `${scenario}~` : ''}run-${keys}`);
  const headers = { 'x-api-key': apiKey };
  const { baseUrl } = emulator.audixa;
  const get: AudixaKey['get'] = (path) => ask(`${baseUrl}${path}`, { headers });
  const post: AudixaKey['post'] = (body, path = '/tts') =>
    ask(`${baseUrl}${path}`, { headers, body: typeof body === 'string' ? { text: body, voice_id: 'am_ethan' } : body });
  return {
    apiKey,
    get,
    post,
    async create(text) {
      const { json } = await post(text);
      return String(json['generation_id'] ?? json['id']);
    },
    job: async (id) => (await get(`/tts?generation_id=${id}`)).json,
  };
}
