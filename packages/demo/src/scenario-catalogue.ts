/** A scenario of the emulator in words for people. */
export interface FriendlyScenario {
  /** The emulator's own name for it, parts joined with `~`. */
  readonly name: string;
  readonly title: string;
  readonly note: string;
}

/** The endings worth rehearsing, out of the emulator's many. `lost` keeps the client from rescuing a broken stream. */
export const scenarioGroups: readonly { readonly title: string; readonly scenarios: readonly FriendlyScenario[] }[] = [
  {
    title: 'Refused, or not speech',
    scenarios: [
      { name: 'close-1008', title: 'Wrong key', note: 'error frame, then close 1008' },
      { name: 'wrong-key-at-handshake', title: 'Wrong key, at the door', note: 'HTTP 403, told by the relay' },
      { name: 'close-1003', title: 'Bad request', note: 'error frame, then close 1003' },
      { name: 'mp3-in-stream', title: 'Wrong format', note: 'MP3 where samples belong' },
    ],
  },
  {
    title: 'Breaks off',
    scenarios: [
      { name: 'close-1011-midway~lost', title: 'Vendor fails', note: 'close 1011 half-way' },
      { name: 'drop-midway~lost', title: 'Line drops', note: 'no close frame at all' },
      { name: 'early-1000~lost', title: 'Ends too early', note: 'a clean close, half the audio' },
      { name: 'drop-midway', title: 'Line drops, rescued', note: 'the rest comes from the file' },
    ],
  },
  {
    title: 'Goes silent',
    scenarios: [
      { name: 'silent', title: 'Never answers', note: 'takes the text, says nothing' },
      { name: 'stall-midway~lost', title: 'Stops half-way', note: 'the line stays open' },
    ],
  },
  {
    title: 'Odd, but must sound right',
    scenarios: [
      { name: 'frames-1021', title: 'Samples cut apart', note: 'frames of 1,021 bytes' },
      { name: 'jitter-180', title: 'Uneven delivery', note: 'frames up to 180 ms late' },
      { name: 'stall-midway-1500', title: 'A pause on the way', note: '1.5 s without a frame' },
      { name: 'slow-start-2000', title: 'Slow to begin', note: '2 s before the first audio' },
    ],
  },
];
