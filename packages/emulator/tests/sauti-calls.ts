// Calls of SAUTI as its pages write them.
import { startEmulator, type Emulator } from '../src/index.ts';
import { ask, type ReadAnswer } from './read-answer.ts';

export const swahili = 'sauti-swahili-v1';

/** An emulator and one key of a scenario, whose minute nobody else has touched. */
export interface SautiKey {
  readonly apiKey: string;
  get(path: string): Promise<ReadAnswer>;
  /** A text, or a whole body. */
  synthesise(body: unknown, voice?: string): Promise<ReadAnswer>;
  createJob(body: unknown): Promise<ReadAnswer>;
}

let keys = 0;

/** A key of its own. */
export function sautiKey(emulator: Emulator, scenario?: string): SautiKey {
  keys += 1;
  const apiKey = emulator.scenario(`${scenario ? `${scenario}~` : ''}run-${keys}`);
  const headers = { 'xi-api-key': apiKey };
  const { baseUrl } = emulator.sauti;
  const bodyOf = (body: unknown, more: object) => (typeof body === 'string' ? { text: body, ...more } : body);
  return {
    apiKey,
    get: (path) => ask(`${baseUrl}${path}`, { headers }),
    synthesise: (body, voice = swahili) => ask(`${baseUrl}/text-to-speech/${voice}`, { headers, body: bodyOf(body, {}) }),
    createJob: (body) => ask(`${baseUrl}/tts/jobs`, { headers, body: bodyOf(body, { voice_id: swahili }) }),
  };
}

/** The default voice, as fast as it can be made. */
export const startFast = (): Promise<Emulator> => startEmulator({ rate: Infinity });
