/** A voice as `GET /voices` lists it. `accent` and `description` may be missing (vendor docs). */
export interface EmulatedVoice {
  readonly voice_id: string;
  readonly name: string;
  readonly model: string;
  readonly gender: string;
  readonly accent?: string;
  readonly description?: string;
  readonly is_custom: boolean;
  readonly free: boolean;
}

/** Ids that appear in the vendor's pages, its SDK's README, or programs of its users. */
const wellKnown = [
  ['am_ethan', 'Ethan', 'base', 'Male', 'American'],
  ['af_luna', 'Luna', 'base', 'Female', 'American'],
  ['ff_siwis', 'Siwis', 'base', 'Female', 'French'],
  ['am_eric', 'Eric', 'base', 'Male', 'American'],
  ['af_aria', 'Aria', 'base', 'Female', 'American'],
  ['af_bella', 'Bella', 'base', 'Female', 'American'],
  ['af_lily', 'Lily', 'base', 'Female', 'American'],
  ['af_zoey', 'Zoey', 'base', 'Female', 'American'],
  ['bm_lewis', 'Lewis', 'base', 'Male', 'British'],
  ['bm_harry', 'Harry', 'base', 'Male', 'British'],
  ['bm_oliver', 'Oliver', 'base', 'Male', 'British'],
  ['jake', 'Jake', 'advanced', 'Male', 'American'],
  ['emma', 'Emma', 'advanced', 'Female', 'British'],
] as const;

const voices: readonly EmulatedVoice[] = [
  ...wellKnown.map(([voice_id, name, model, gender, accent]) => ({
    voice_id,
    name,
    model,
    gender,
    accent,
    description: `${name}, an emulated voice`,
    is_custom: false,
    free: model === 'base',
  })),
  { voice_id: 'custom_voice_12345', name: 'My voice', model: 'advanced', gender: 'Neutral', is_custom: true, free: false },
];

const numbered = (n: number): EmulatedVoice => ({
  voice_id: `voice_${n}`,
  name: `Voice ${n}`,
  model: n % 3 === 0 ? 'advanced' : 'base',
  gender: n % 2 === 0 ? 'Female' : 'Male',
  is_custom: false,
  free: n % 3 !== 0,
});

/** The account's voices: the well-known ones, or with `count` so many, numbered from the end of those. */
export const voicesOf = (count = voices.length): readonly EmulatedVoice[] =>
  Array.from({ length: count }, (_, i) => voices[i] ?? numbered(i + 1));

/** The voice of that id, whatever the length of the list. */
export function findVoice(voiceId: string): EmulatedVoice | undefined {
  const n = Number(/^voice_(\d{1,7})$/.exec(voiceId)?.[1]);
  return voices.find(({ voice_id }) => voice_id === voiceId) ?? (n > voices.length ? numbered(n) : undefined);
}
