const lockName = 'saystream.speaker';

/** Who speaks in this page; what the browser's lock adds are the other tabs. */
let loseTurn: (() => void) | undefined;

/**
 * Takes the turn to speak from whoever has it, in this page and in every tab of its origin. `onLost` is called at most
 * once, when somebody else takes it. Returns a function that gives the turn back.
 */
export function takeSpeakerTurn(onLost: () => void): () => void {
  let giveBack!: () => void;
  const untilGivenBack = new Promise<void>((resolve) => (giveBack = resolve));
  const end = (): void => {
    if (loseTurn === lose) loseTurn = undefined;
    giveBack();
  };
  let state: 'mine' | 'over' = 'mine';
  const lose = (): void => {
    if (state === 'over') return;
    state = 'over';
    end();
    onLost();
  };
  loseTurn?.();
  loseTurn = lose;
  // Without locks, or where they are refused (a sandboxed frame), other tabs are not heard of.
  navigator.locks?.request(lockName, { steal: true }, () => untilGivenBack).catch(({ name }: Error) => name === 'AbortError' && lose());
  return () => {
    state = 'over';
    end();
  };
}
