import { checkOptions, present, type OptionRule, type TextSource } from '@saystream/core';

/** How a voice speaks. The vendor names no ranges; its defaults are those of the VITS family of models. */
export interface SautiVoiceSettings {
  /** Larger is faster. Default 1.0. */
  readonly speakingRate?: number;
  /** How much the sound varies. Default 0.667. */
  readonly noiseScale?: number;
  /** How much the rhythm varies. Default 0.8. */
  readonly noiseScaleDuration?: number;
}

/** One text to speak. What is left out is the vendor's to choose, and is not sent: it refuses what it does not know. */
export interface SautiRequest extends SautiVoiceSettings {
  /** 1–5,000 characters. An async iterable is gathered first: SAUTI takes the text whole. */
  readonly text: TextSource;
  /** A voice of the list, such as `sauti-swahili-v1`. */
  readonly voiceId: string;
  /** The settings under one name, as in the vendor's own pages; they win over those beside the text. */
  readonly voiceSettings?: SautiVoiceSettings;
}

/** Settings of a voice: everything of a request but the text and the voice. */
export type SautiVoiceOptions = Omit<SautiRequest, 'text' | 'voiceId'>;

const settingRules: Readonly<Record<string, OptionRule>> = {
  speakingRate: 'number',
  noiseScale: 'number',
  noiseScaleDuration: 'number',
};

/**
 * The settings under the vendor's names; undefined when there are none.
 *
 * @throws TypeError that names the option, for an empty text or voice and for wrong types
 */
export function wireSettings(request: SautiRequest): object | undefined {
  checkOptions(request, { text: 'text', voiceId: 'id', ...settingRules });
  checkOptions(request.voiceSettings ?? {}, settingRules, 'voiceSettings.');
  const { speakingRate, noiseScale, noiseScaleDuration } = { ...request, ...request.voiceSettings };
  const settings = present({
    speaking_rate: speakingRate,
    noise_scale: noiseScale,
    noise_scale_duration: noiseScaleDuration,
  });
  return Object.keys(settings).length > 0 ? settings : undefined;
}
