import { createRecordingPlayer } from '@saystream/player/recorder';
import type { AudixaOptions } from 'saystream';

import { loadConfig } from './demo-config.ts';
import { findElements, type PageElements } from './page-elements.ts';
import { fillScenarios } from './scenario-picker.ts';
import { showVerdict } from './show-ending.ts';
import { SpeakingPage } from './speaking-page.ts';
import { prepareText } from './text-field.ts';
import { fillVoices, firstVoice, type ChosenVoice } from './voice-picker.ts';

// Shorter than the client's own limits, so that nobody waits long for a rehearsed silence.
const rehearsalLimits = { connectMs: 5_000, firstAudioMs: 5_000, stallMs: 4_000 };
const standing = {
  emulator: 'Everything runs on this computer: no key, no account, nothing is billed.',
  vendor: 'The text goes to Audixa and is billed. The key stays in the demo server.',
};

type Through = keyof typeof standing;

async function prepare(page: PageElements): Promise<void> {
  prepareText(page);
  const config = await loadConfig();
  const through = (): Through =>
    config.vendor && page.through.querySelector('input:checked')?.getAttribute('value') === 'vendor' ? 'vendor' : 'emulator';
  const scenario = fillScenarios(page);
  let voice = (): ChosenVoice => firstVoice;
  const listVoices = (): void => {
    void fillVoices(page.voice, clientOptions(through())).then((chosen) => (voice = chosen));
  };

  page.emulatorPage.href = config.emulatorUrl;
  page.through.hidden = !config.vendor;
  page.through.addEventListener('change', () => {
    page.standing.textContent = standing[through()];
    page.rehearsal.hidden = through() === 'vendor';
    listVoices();
  });
  const player = createRecordingPlayer({ workletUrl: '/recording-worklet.js', workerUrl: '/socket-worker.js' });
  const speaking = new SpeakingPage(page, player, {
    options: () => clientOptions(through(), scenario()),
    voice: () => voice(),
  });
  listenToKeys(page, speaking);
  // Nobody who presses the button at once waits for a list.
  listVoices();
}

/** The page holds no key: each relay of the demo server has one. */
function clientOptions(through: Through, scenario?: string): AudixaOptions {
  if (through === 'vendor') return { relay: '/real' };
  return scenario ? { relay: `/rehearsal/${scenario}`, timeouts: rehearsalLimits } : { relay: '/speech' };
}

function listenToKeys(page: PageElements, speaking: SpeakingPage): void {
  const onApple = /Mac|iPhone|iPad/.test(navigator.userAgent);
  page.speakKeys.textContent = onApple ? '⌘ Enter' : 'Ctrl Enter';
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      speaking.speak();
    } else if (event.key === 'Escape') {
      speaking.stop();
    }
  });
}

/** Makes index.html speak. */
export function startSpeakingPage(): void {
  const page = findElements();
  // On a wide screen there is room for the whole list.
  page.rehearsal.open = matchMedia('(width >= 62rem)').matches;
  prepare(page).catch((error: unknown) => {
    showVerdict(page, {
      tone: 'bad',
      headline: 'The demo could not start',
      sentence: error instanceof Error ? error.message : String(error),
      advice: 'Is the demo server still running in its terminal? Start it again and reload this page.',
      facts: [],
    });
  });
}
