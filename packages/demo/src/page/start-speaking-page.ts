import { createRecordingPlayer } from '@saystream/player/recorder';
import type { ClientOptions } from 'saystream';

import { loadConfig } from './demo-config.ts';
import { demoVendors } from './demo-vendors.ts';
import { findElements, type PageElements } from './page-elements.ts';
import { createScenarioPicker } from './scenario-picker.ts';
import { showVerdict } from './show-ending.ts';
import { SpeakingPage } from './speaking-page.ts';
import { prepareText } from './text-field.ts';
import { createVoicePicker } from './voice-picker.ts';

// Shorter than the client's own limits, so that nobody waits long for a rehearsed silence.
const rehearsalLimits = { connectMs: 5_000, firstAudioMs: 5_000, stallMs: 4_000 };
const standing = {
  emulator: 'Everything runs on this computer: no key, no account, nothing is billed.',
  vendor: 'The text goes to Audixa and is billed. The key stays in the demo server.',
};

type Through = keyof typeof standing;

async function prepare(page: PageElements): Promise<void> {
  const text = prepareText(page);
  const config = await loadConfig();
  const through = (): Through =>
    config.vendor && page.through.querySelector('input:checked')?.getAttribute('value') === 'vendor' ? 'vendor' : 'emulator';
  const picker = createVoicePicker(page, () => clientOptions(through()));
  const scenarios = createScenarioPicker(page);
  const turnToVendor = (): void => {
    picker.fill();
    scenarios.fill(picker.vendorName());
    text.suggest(demoVendors[picker.vendorName()].sample);
  };

  page.emulatorPage.href = config.emulatorUrl;
  page.through.hidden = !config.vendor;
  page.vendor.addEventListener('change', turnToVendor);
  page.through.addEventListener('change', () => {
    const isReal = through() === 'vendor';
    page.standing.textContent = standing[through()];
    page.rehearsal.hidden = isReal;
    // The server has a real key of Audixa alone.
    if (isReal) page.vendor.value = 'audixa';
    page.vendor.disabled = isReal;
    turnToVendor();
  });
  const player = createRecordingPlayer({ workletUrl: '/recording-worklet.js', workerUrl: '/socket-worker.js' });
  const speaking = new SpeakingPage(page, player, (said, onEvent) =>
    picker.say(said, { ...clientOptions(through(), scenarios.chosen()), onEvent }),
  );
  listenToKeys(page, speaking);
  turnToVendor();
}

/** The page holds no key: each relay of the demo server has one. */
function clientOptions(through: Through, scenario?: string): ClientOptions {
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
