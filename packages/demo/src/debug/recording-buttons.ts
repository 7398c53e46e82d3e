import type { RecordingPlayer } from '@saystream/player/recorder';

import { copyText } from '../page/copy-text.ts';
import type { PageElements } from '../page/page-elements.ts';
import { saveFile } from '../page/wav-file.ts';

const nothing = 'The last playback never reached the audio thread: there is nothing to replay.';

/** Hands out the black box of the last playback, as a file or through the clipboard. */
export function listenToRecordingButtons(page: PageElements, player: RecordingPlayer): void {
  const hand = async (how: (json: string) => Promise<string>): Promise<void> => {
    const samples = page.recordingSamples.checked;
    const recording = await player.recording({ samples });
    page.recordingNote.textContent = recording ? `${await how(JSON.stringify(recording))}${holds(samples)}` : nothing;
  };
  const onClick = (button: HTMLButtonElement, how: (json: string) => Promise<string>): void =>
    button.addEventListener('click', () => {
      hand(how).catch((error: unknown) => {
        page.recordingNote.textContent = error instanceof Error ? error.message : String(error);
      });
    });
  onClick(page.saveRecording, async (json) => {
    const file = new Blob([json], { type: 'application/json' });
    saveFile(file, 'saystream-recording.json');
    return `Saved, ${Math.ceil(file.size / 1000)} kB.`;
  });
  onClick(page.copyRecording, async (json) =>
    (await copyText(json)) ? 'Copied.' : 'This browser does not let a page copy: download it instead.',
  );
}

const holds = (samples: boolean): string =>
  samples ? ' The speech itself is in it.' : ' It holds no text, no key and no sound.';
