/** What the lock screen, a headset or a keyboard may do. */
export interface SystemActions {
  readonly play: () => void;
  readonly pause: () => void;
  readonly stop: () => void;
}

/** The actions on offer; the page has one place for them. */
let offered: SystemActions | undefined;

/** Shows `title` and takes the system's media keys, from whoever had them in this page. Again with the same actions: says how it goes. */
export function offerSystemControls(actions: SystemActions, title: string, state: MediaSessionPlaybackState): void {
  if (!('mediaSession' in navigator)) return; // as in WPE
  if (offered === actions) navigator.mediaSession.playbackState = state;
  else setSystemControls(actions, new MediaMetadata({ title }), state);
}

/** Gives the media keys back, unless somebody else has taken them since. */
export function withdrawSystemControls(actions: SystemActions): void {
  if (offered === actions) setSystemControls(undefined, null, 'none');
}

function setSystemControls(
  actions: SystemActions | undefined,
  metadata: MediaMetadata | null,
  playbackState: MediaSessionPlaybackState,
): void {
  const { mediaSession } = navigator;
  offered = actions;
  Object.assign(mediaSession, { metadata, playbackState });
  for (const action of ['play', 'pause', 'stop'] as const) mediaSession.setActionHandler(action, actions?.[action] ?? null);
}
