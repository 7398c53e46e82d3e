/** The one voice that the vendor publishes, and one that is not active (vendor docs, voices). */
export const sautiVoices = [
  {
    voice_id: 'sauti-swahili-v1',
    name: 'Sauti Swahili',
    language_code: 'sw',
    locale: 'sw-KE',
    gender: 'female',
    description: 'Swahili, fine-tuned on WAXAL swa_tts.',
    status: 'active',
  },
  {
    voice_id: 'sauti-test-v0',
    name: 'Sauti Test',
    language_code: 'en',
    locale: 'en-KE',
    gender: 'male',
    description: 'Not in use any more.',
    status: 'inactive',
  },
] as const;
