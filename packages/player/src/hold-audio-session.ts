/** The Audio Session API, of WebKit alone. https://w3c.github.io/audio-session/ */
interface AudioSession {
  type: string;
}

/** Playbacks that need the session. The page has one session for all players. */
let holders = 0;

/** The session whose type this module has changed from `auto`. */
let takenFrom: AudioSession | undefined;

/**
 * While at least one playback holds the page's audio session, its type is `playback`: on iOS, speech then sounds although the
 * phone's silent switch is on. Changes the type only from `auto`, and gives `auto` back at the end, unless the page has set
 * another type: under `playback`, WebKit rejects `getUserMedia()`. Call the returned function once.
 */
export function holdAudioSession(): () => void {
  const { audioSession: session } = navigator as { audioSession?: AudioSession };
  if (!session) return () => {};
  if (session.type === 'auto') {
    session.type = 'playback';
    takenFrom = session;
  }
  holders += 1;
  return () => {
    holders -= 1;
    if (holders > 0 || takenFrom !== session) return;
    takenFrom = undefined;
    if (session.type === 'playback') session.type = 'auto';
  };
}
