import type { ClientOptions, SpeechStream } from 'saystream';

import type { VendorName } from '../vendor-names.ts';
import { demoVendors, type DemoVendor, type ListedVoice } from './demo-vendors.ts';
import type { PageElements } from './page-elements.ts';

const mostVoices = 200;

/** The pickers of vendor, voice and speed. */
export interface VoicePicker {
  readonly vendorName: () => VendorName;
  /** Fills the pickers for the chosen vendor; they work while the list of voices is on its way. */
  fill(): void;
  /** Asks the chosen vendor for a text, with the chosen voice at the chosen speed. */
  say(text: string, options: ClientOptions): SpeechStream;
}

/** @param options how the page reaches the vendor to list its voices */
export function createVoicePicker(page: PageElements, options: () => ClientOptions): VoicePicker {
  const vendorName = (): VendorName => page.vendor.value as VendorName;
  const vendor = (): DemoVendor => demoVendors[vendorName()];
  let voices: readonly ListedVoice[] = [];

  function show(listed: readonly ListedVoice[]): void {
    const { usualVoice } = vendor();
    voices = listed.length > 0 ? listed : [usualVoice];
    page.voice.replaceChildren(...voices.map(({ voiceId, words }) => new Option(words, voiceId)));
    if (voices.some(({ voiceId }) => voiceId === usualVoice.voiceId)) page.voice.value = usualVoice.voiceId;
  }

  return {
    vendorName,
    fill() {
      const chosen = vendor();
      show([]);
      showSpeeds(page.speed, chosen.speeds);
      page.delivery.textContent = chosen.delivery;
      const accountAsked = options();
      void loadVoices(chosen, accountAsked).then((listed) => {
        // Another vendor or account may have been chosen meanwhile.
        if (chosen === vendor() && accountAsked.relay === options().relay) show(listed);
      });
    },
    say(text, through) {
      const voice = voices.find(({ voiceId }) => voiceId === page.voice.value) ?? vendor().usualVoice;
      return vendor().voice(through, voice, Number(page.speed.value)).say(text);
    },
  };
}

/** Keeps the chosen speed where the vendor has it. */
function showSpeeds(select: HTMLSelectElement, speeds: readonly number[]): void {
  const kept = speeds.includes(Number(select.value)) ? select.value : '1';
  select.replaceChildren(...speeds.map((speed) => new Option(String(speed))));
  select.value = kept;
}

async function loadVoices(vendor: DemoVendor, options: ClientOptions): Promise<readonly ListedVoice[]> {
  const voices: ListedVoice[] = [];
  try {
    for await (const voice of vendor.voices(options)) {
      voices.push(voice);
      if (voices.length >= mostVoices) break;
    }
  } catch (error) {
    console.warn('The list of voices could not be loaded:', error);
  }
  return voices;
}
