import type { MoknahKnobs } from './moknah-scenarios.ts';

/** Voices by id. */
const voices = [
  { voice_id: 1, voice_name: 'Layla', voice_sample_url: 'https://moknah.io/samples/1.mp3' },
  { voice_id: 7, voice_name: 'Omar', voice_sample_url: 'https://moknah.io/samples/7.mp3' },
  { voice_id: 12, voice_name: 'Salma', voice_sample_url: 'https://moknah.io/samples/12.mp3' },
] as const;
/** Somebody else's. */
const foreignVoiceId = 90;

/** Whether an account may speak with a voice. */
export function accessTo(voiceId: number): 'granted' | 'forbidden' | 'unknown' {
  if (voiceId === foreignVoiceId) return 'forbidden';
  return voices.some(({ voice_id }) => voice_id === voiceId) ? 'granted' : 'unknown';
}

const voiceLists: Readonly<Record<NonNullable<MoknahKnobs['voices']> | 'usual', readonly object[]>> = {
  usual: voices,
  none: [],
  odd: [
    ...voices,
    { voice_name: 'Without an id', voice_sample_url: 'https://moknah.io/samples/0.mp3' },
    { voice_id: 20, voice_sample_url: 'https://moknah.io/samples/20.mp3' },
    { voice_id: '21', voice_name: 'Id as text', voice_sample_url: 'https://moknah.io/samples/21.mp3' },
    { voice_id: 22, voice_name: 'Without a sample' },
  ],
};

/** What the list of voices holds. */
export const voicesOf = (knobs: MoknahKnobs): readonly object[] => voiceLists[knobs.voices ?? 'usual'];
