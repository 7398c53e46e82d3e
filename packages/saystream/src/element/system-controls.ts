/** What the lock screen, a headset or a keyboard may tell to play, pause and stop. */
export interface SystemControlled {
  play(): unknown;
  pause(): void;
  stop(): void;
}

/** Whose controls they are; the page has one place for them. */
let offered: SystemControlled | undefined;

/** Shows `title` and takes the system's media keys, from whoever had them in this page. Again for the same one: says how it goes. */
export function offerSystemControls(speaker: SystemControlled, title: string, state: MediaSessionPlaybackState): void {
  if (!('mediaSession' in navigator)) return; // as in WPE
  if (offered === speaker) navigator.mediaSession.playbackState = state;
  else setSystemControls(speaker, new MediaMetadata({ title }), state);
}

/** Gives the media keys back, unless somebody else has taken them since. */
export function withdrawSystemControls(speaker: SystemControlled): void {
  if (offered === speaker) setSystemControls(undefined, null, 'none');
}

function setSystemControls(
  speaker: SystemControlled | undefined,
  metadata: MediaMetadata | null,
  playbackState: MediaSessionPlaybackState,
): void {
  const { mediaSession } = navigator;
  offered = speaker;
  Object.assign(mediaSession, { metadata, playbackState });
  for (const action of ['play', 'pause', 'stop'] as const) {
    mediaSession.setActionHandler(action, speaker ? () => void speaker[action]() : null);
  }
}
