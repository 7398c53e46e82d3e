import { createAudixa, type AudixaOptions, type AudixaVoiceInfo } from 'saystream';

const usualVoice = 'am_ethan';
const mostVoices = 200;
// Shown when the list cannot be had; ids from the vendor's own examples.
const fallback: readonly AudixaVoiceInfo[] = [
  { voiceId: 'am_ethan', name: 'Ethan', model: 'base', accent: 'American', gender: 'Male' },
  { voiceId: 'af_luna', name: 'Luna', model: 'base', accent: 'American', gender: 'Female' },
];

export interface ChosenVoice {
  readonly voiceId: string;
  readonly model: string;
}

/** Until the list is there. */
export const firstVoice: ChosenVoice = { voiceId: usualVoice, model: 'base' };

/** Fills the list with the vendor's voices, or with two known ones when it does not answer. */
export async function fillVoices(select: HTMLSelectElement, options: AudixaOptions): Promise<() => ChosenVoice> {
  const voices = await loadVoices(options);
  select.replaceChildren(...voices.map(({ voiceId, ...voice }) => new Option(voiceWords({ voiceId, ...voice }), voiceId)));
  if (voices.some(({ voiceId }) => voiceId === usualVoice)) select.value = usualVoice;
  return () => {
    const voice = voices.find(({ voiceId }) => voiceId === select.value) ?? fallback[0]!;
    return { voiceId: voice.voiceId, model: voice.model ?? 'base' };
  };
}

async function loadVoices(options: AudixaOptions): Promise<readonly AudixaVoiceInfo[]> {
  const voices: AudixaVoiceInfo[] = [];
  try {
    for await (const voice of createAudixa(options).voices()) {
      voices.push(voice);
      if (voices.length >= mostVoices) break;
    }
  } catch (error) {
    console.warn('The list of voices could not be loaded:', error);
  }
  return voices.length > 0 ? voices : fallback;
}

/** `Ethan, American, male (base)` */
function voiceWords({ voiceId, name, accent, gender, model }: AudixaVoiceInfo): string {
  const words = [name || voiceId, accent, gender?.toLowerCase()].filter(Boolean).join(', ');
  return model ? `${words} (${model})` : words;
}
