import { checkOptions, present, type TextSource } from '@saystream/core';

/** One text to speak. Sent under the vendor's own names; what is left out is the vendor's to choose. */
export interface AudixaRequest {
  /** 1–50,000 characters; the plan may allow less. A text in pieces is gathered first: Audixa takes the text whole. */
  readonly text: TextSource;
  /** A voice of the chosen model, such as `am_ethan`. */
  readonly voiceId: string;
  /** `base` (default) or `advanced`. */
  readonly model?: string;
  /** 0.5–2.0, default 1.0. Documented for the `base` model. */
  readonly speed?: number;
  /** 1.0–5.0, default 2.5. `advanced` only. */
  readonly cfgWeight?: number;
  /** 0.0–1.0, default 0.5. `advanced` only. */
  readonly exaggeration?: number;
  /** One letter for `base` (`a` is US English), two for `advanced` (`en`). Default: the model's, English. */
  readonly languageCode?: string;
  /** Format of the finished file, `wav` (default) or `mp3`; the stream is raw samples either way. */
  readonly audioFormat?: 'wav' | 'mp3';
}

/** Settings of a voice: everything of a request but the text and the voice. */
export type AudixaVoiceOptions = Omit<AudixaRequest, 'text' | 'voiceId'>;

/** A request under the vendor's names, before its text is known. */
export type AudixaWireSettings = Readonly<Record<string, string | number>>;

/**
 * The settings under the vendor's names.
 *
 * @throws TypeError that names the option, for an empty text or voice, a wrong type, and a number outside its
 *   documented range
 */
export function wireSettings(request: AudixaRequest): AudixaWireSettings {
  checkOptions(request, {
    text: 'text',
    voiceId: 'id',
    model: 'string',
    speed: [0.5, 2],
    cfgWeight: [1, 5],
    exaggeration: [0, 1],
    languageCode: 'string',
    audioFormat: 'string',
  });
  return present({
    voice_id: request.voiceId,
    // The seed lists it as required, the reference as optional: sending it satisfies both.
    model: request.model ?? 'base',
    speed: request.speed,
    cfg_weight: request.cfgWeight,
    exaggeration: request.exaggeration,
    language_code: request.languageCode,
    audio_format: request.audioFormat,
  }) as AudixaWireSettings;
}
