import { checkOptions, present, type OptionRule, type TextSource } from '@saystream/core';

/** The formats that the vendor lists: codec, Hz and, where there is one, kbit/s. */
export type MoknahOutputFormat =
  | `mp3_${'22050_32' | '24000_48' | '44100_32' | '44100_64' | '44100_96' | '44100_128' | '44100_192'}`
  | `pcm_${8000 | 16000 | 22050 | 24000 | 32000 | 44100 | 48000}`
  | `opus_48000_${32 | 64 | 96 | 128 | 192}`;

/** How a voice speaks. */
export interface MoknahVoiceSettings {
  /** 0.7–1.2, default 1.0. */
  readonly speed?: number;
  /** 0–100; low is stable, high expressive. The vendor's default changed from 75 to 25: set it to hear the same again. */
  readonly temperature?: number;
  /** 0–100, default 100. */
  readonly voiceSimilarity?: number;
  /** Default false. */
  readonly enableEmotions?: boolean;
}

/** One text to speak. What is left out is the vendor's to choose. */
export interface MoknahRequest extends MoknahVoiceSettings {
  /** 1–1,500 characters. An async iterable is gathered first: Moknah takes the text whole. */
  readonly text: TextSource;
  /** A voice of the list: a whole number, also as text. */
  readonly voiceId: number | string;
  /** Default `mp3_44100_128`. Streams take the `pcm_…` formats, default `pcm_24000`. */
  readonly outputFormat?: MoknahOutputFormat;
  /** 1 = basic enhancement of the text, 2 = by AI at twice the credits. */
  readonly prerecording?: number;
  /** The settings under one name, as in the vendor's own pages; they win over those beside the text. */
  readonly voiceSettings?: MoknahVoiceSettings;
}

/** Settings of a voice: everything of a request but the text and the voice. */
export type MoknahVoiceOptions = Omit<MoknahRequest, 'text' | 'voiceId'>;

/** A request under the vendor's names, before its text is known. */
export type MoknahWireSettings = Readonly<Record<string, unknown>>;

const settingRules: Readonly<Record<string, OptionRule>> = {
  speed: [0.7, 1.2],
  temperature: [0, 100],
  voiceSimilarity: [0, 100],
  enableEmotions: 'boolean',
};

/**
 * The settings under the vendor's names.
 *
 * @throws TypeError that names the option, for an empty text, a voice that is no whole number, a wrong type, and a
 *   number outside its documented range
 */
export function wireSettings(request: MoknahRequest, format?: MoknahOutputFormat): MoknahWireSettings {
  const rules: Readonly<Record<string, OptionRule>> = {
    text: 'text',
    voiceId: 'integer',
    outputFormat: 'string',
    prerecording: 'integer',
  };
  // A string instead of a number is a 400 (vendor docs), and forms give strings.
  const voiceId = request.voiceId === '' ? Number.NaN : Number(request.voiceId);
  checkOptions({ ...request, voiceId }, { ...rules, ...settingRules });
  checkOptions(request.voiceSettings ?? {}, settingRules, 'voiceSettings.');
  const { speed, temperature, voiceSimilarity, enableEmotions } = { ...request, ...request.voiceSettings };
  const settings = present({
    speed,
    temperature,
    voice_similarity: voiceSimilarity,
    enable_emotions: enableEmotions,
  });
  return present({
    voice_id: voiceId,
    output_format: request.outputFormat ?? format,
    prerecording: request.prerecording,
    voice_settings: Object.keys(settings).length > 0 ? settings : undefined,
  });
}

/**
 * The rate of a format of samples without a header, in Hz.
 *
 * @throws TypeError for any other format
 */
export function pcmRateOf(format: unknown): number {
  const rate = /^pcm_(\d+)$/.exec(String(format))?.[1];
  if (!rate) throw new TypeError('outputFormat must be one of the pcm_… formats for a stream.');
  return Number(rate);
}
