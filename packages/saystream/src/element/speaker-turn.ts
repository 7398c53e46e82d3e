const lockName = 'saystream.speaker';

/** Who speaks in this page; what the browser's lock adds are the other tabs. */
let loseTurn: (() => void) | undefined;

/**
 * Takes the turn to speak from whoever has it, in this page and in every tab of its origin. `onLost` is called at most
 * once, when somebody else takes it. Returns a function that gives the turn back.
 */
export function takeSpeakerTurn(onLost: () => void): () => void {
  let giveBack!: () => void;
  const over = new Promise<void>((resolve) => (giveBack = resolve));
  const end = (): void => {
    if (loseTurn === lose) loseTurn = undefined;
    giveBack();
  };
  const lose = (): void => {
    if (loseTurn !== lose) return; // given back, or lost already
    end();
    onLost();
  };
  loseTurn?.();
  loseTurn = lose;
  // Without locks, or where they are refused (a sandboxed frame), other tabs are not heard of.
  navigator.locks?.request(lockName, { steal: true }, () => over).catch((error: Error) => error.name === 'AbortError' && lose());
  return end;
}
