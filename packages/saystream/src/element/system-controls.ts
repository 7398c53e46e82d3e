/** What the lock screen, a headset or a keyboard may do. */
export interface SystemActions {
  readonly play: () => void;
  readonly pause: () => void;
  readonly stop: () => void;
}

/** The actions on offer; the page has one place for them. */
let offered: SystemActions | undefined;

const setHandlers = (actions: Partial<SystemActions>): void => {
  for (const action of ['play', 'pause', 'stop'] as const) {
    try {
      navigator.mediaSession.setActionHandler(action, actions[action] ?? null);
    } catch {
      // An engine that does not know an action throws; the others are worth having.
    }
  }
};

/** Shows `title` and takes the system's media keys, from whoever had them in this page. Again with the same actions: says how it goes. */
export function offerSystemControls(actions: SystemActions, title: string, playbackState: MediaSessionPlaybackState): void {
  if (!('mediaSession' in navigator)) return;
  if (offered !== actions) {
    offered = actions;
    navigator.mediaSession.metadata = new MediaMetadata({ title });
    setHandlers(actions);
  }
  navigator.mediaSession.playbackState = playbackState;
}

/** Gives the media keys back, unless somebody else has taken them since. */
export function withdrawSystemControls(actions: SystemActions): void {
  if (offered !== actions) return;
  offered = undefined;
  navigator.mediaSession.metadata = null;
  navigator.mediaSession.playbackState = 'none';
  setHandlers({});
}
