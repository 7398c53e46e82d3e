import * as v from 'valibot';

/** A schema of an object that refuses the names it does not list; those of `Object.prototype` too. */
const fields = <T extends v.ObjectEntries>(entries: T) => v.strictObject(Object.assign(Object.create(null), entries) as T);

const between = (least: number, most: number) => v.pipe(v.number(), v.minValue(least), v.maxValue(most));
/** Lengths are the vendor's to judge: they name them better, and plans differ. The token's own limit comes first anyway. */
const text = v.pipe(v.string(), v.nonEmpty());
const shortText = v.pipe(v.string(), v.minLength(1), v.maxLength(100));

/** `POST /v3/tts`, custom endpoints, and the one frame of a stream (vendor docs: the same fields). */
export const audixaFields = fields({
  text,
  voice_id: shortText,
  model: v.optional(shortText),
  speed: v.optional(between(0.5, 2)),
  cfg_weight: v.optional(between(1, 5)),
  exaggeration: v.optional(between(0, 1)),
  audio_format: v.optional(v.picklist(['wav', 'mp3'])),
  language_code: v.optional(shortText),
});

/** The vendor names no ranges. */
const sautiSettings = fields({
  speaking_rate: v.optional(v.pipe(v.number(), v.finite())),
  noise_scale: v.optional(v.pipe(v.number(), v.finite())),
  noise_scale_duration: v.optional(v.pipe(v.number(), v.finite())),
});

/** `POST /v1/text-to-speech/{voice}`: the path names the voice. */
export const sautiSpeechFields = fields({ text, voice_settings: v.optional(sautiSettings) });

/** `POST /v1/tts/jobs`. */
export const sautiJobFields = fields({ text, voice_id: shortText, voice_settings: v.optional(sautiSettings) });

/** `POST /api/v1/tts/generate/`. */
export const moknahFields = fields({
  text,
  voice_id: v.pipe(v.number(), v.safeInteger()),
  output_format: v.optional(v.pipe(v.string(), v.regex(/^(mp3|pcm|opus)_\d{4,5}(_\d{2,3})?$/))),
  prerecording: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(9))),
  voice_settings: v.optional(
    fields({
      speed: v.optional(between(0.7, 1.2)),
      temperature: v.optional(between(0, 100)),
      voice_similarity: v.optional(between(0, 100)),
      enable_emotions: v.optional(v.boolean()),
    }),
  ),
});
