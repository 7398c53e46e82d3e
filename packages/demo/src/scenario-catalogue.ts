import type { VendorName } from './vendor-names.ts';

/** A scenario of the emulator in words for people. */
export interface FriendlyScenario {
  /** The emulator's own name for it, parts joined with `~`. */
  readonly name: string;
  readonly title: string;
  readonly note: string;
}

/** Scenarios under one heading. */
export interface ScenarioGroup {
  readonly title: string;
  readonly scenarios: readonly FriendlyScenario[];
}

/** `lost` keeps the client from rescuing a broken stream. */
const audixaGroups: readonly ScenarioGroup[] = [
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

/** Failures of a vendor that answers with a whole file over HTTP. */
const breaksOff: ScenarioGroup = {
  title: 'Breaks off',
  scenarios: [
    { name: 'cut-body', title: 'Line drops', note: 'half of the promised body' },
    { name: 'drop-answer', title: 'No answer', note: 'the connection ends instead' },
    { name: 'html-200', title: 'A web page', note: 'HTML where sound belongs' },
  ],
};

/** The endings worth rehearsing, out of the emulator's many, by vendor. */
export const scenarioGroups: Readonly<Record<VendorName, readonly ScenarioGroup[]>> = {
  audixa: audixaGroups,
  sauti: [
    {
      title: 'Refused, or not speech',
      scenarios: [
        { name: 'http-401', title: 'Wrong key', note: 'HTTP 401' },
        { name: 'http-422', title: 'Bad request', note: 'HTTP 422, with the reason' },
        { name: 'sauti-not-wav', title: 'Wrong format', note: 'a web page in base64' },
        { name: 'sauti-job-fails', title: 'Job fails', note: 'accepted, then failed' },
      ],
    },
    breaksOff,
    {
      title: 'Odd, but must sound right',
      scenarios: [
        { name: 'sauti-job', title: 'Made as a job', note: '202, then polled' },
        { name: 'sauti-24bit', title: 'Another WAV', note: '24 bits a sample' },
        { name: 'http-429-times-1~retry-after-1', title: 'One refusal', note: 'HTTP 429, then all is well' },
      ],
    },
  ],
  moknah: [
    {
      title: 'Refused, or not speech',
      scenarios: [
        { name: 'http-401', title: 'Wrong key', note: 'HTTP 401' },
        { name: 'moknah-credits-5', title: 'Out of credit', note: 'HTTP 402, 5 credits left' },
        { name: 'http-400', title: 'Bad request', note: 'HTTP 400, with the fields' },
      ],
    },
    breaksOff,
    {
      title: 'Odd, but must sound right',
      scenarios: [
        { name: 'moknah-busy-1', title: 'Busy for a moment', note: 'HTTP 409, then all is well' },
        { name: 'http-429-times-1~retry-after-1', title: 'One refusal', note: 'HTTP 429, then all is well' },
      ],
    },
  ],
};

/** The name of each scenario once, whatever the vendor. */
export const scenarioNames: readonly string[] = [
  ...new Set(
    Object.values(scenarioGroups).flatMap((groups) => groups.flatMap(({ scenarios }) => scenarios.map(({ name }) => name))),
  ),
];
