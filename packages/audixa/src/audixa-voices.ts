import { fieldsOf, present, textOf } from '@saystream/core';

import type { AudixaConnection } from './audixa-connection.ts';
import { listPages } from './audixa-pages.ts';

/** A voice of the vendor's list. */
export interface AudixaVoiceInfo {
  /** What `voice()` and `voiceId` take. */
  readonly voiceId: string;
  /** For people. */
  readonly name: string;
  /** `base` or `advanced`. Absent when the vendor does not say. */
  readonly model?: string;
  /** `Male`, `Female` or `Neutral`. */
  readonly gender?: string;
  /** Such as `American`. */
  readonly accent?: string;
  /** The vendor's description. */
  readonly description?: string;
  /** Whether it is a clone that belongs to the account. */
  readonly isCustom?: boolean;
}

/** Which voices to list. */
export interface AudixaVoicesQuery {
  /** `base` or `advanced`; both when left out. */
  readonly model?: string;
  /** Voices per request, 1–500, default 100. */
  readonly pageSize?: number;
  /** Aborting it ends the listing. */
  readonly signal?: AbortSignal;
}

function readVoice(value: unknown): AudixaVoiceInfo | undefined {
  const voice = fieldsOf(value);
  const voiceId = textOf(voice['voice_id']);
  if (!voiceId) return undefined;
  const { is_custom: isCustom } = voice;
  return {
    voiceId,
    name: textOf(voice['name']) ?? voiceId,
    // The samples of the vendor's pages leave out one or the other.
    ...present({
      model: textOf(voice['model']),
      gender: textOf(voice['gender']),
      accent: textOf(voice['accent']),
      description: textOf(voice['description']),
      isCustom: typeof isCustom === 'boolean' ? isCustom : undefined,
    }),
  };
}

/** Lists voices, page after page. @throws SpeechError while iterating */
export const listVoices = (
  connection: AudixaConnection,
  { model, pageSize = 100, signal }: AudixaVoicesQuery,
): AsyncGenerator<AudixaVoiceInfo, void, void> =>
  listPages(connection, { url: '/voices', member: 'voices', query: { model }, limit: pageSize, read: readVoice, signal });
