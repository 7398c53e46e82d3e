/** `retryable`: the same request, unchanged, may succeed later. `advice`: who should do what. */
interface KindFacts {
  readonly retryable: boolean;
  readonly advice: string;
}

const no = (advice: string): KindFacts => ({ retryable: false, advice });
const yes = (advice: string): KindFacts => ({ retryable: true, advice });

/** Built on use: module-level calls would keep bundlers from dropping it. */
const createKindFacts = () => ({
  'invalid-request': no('Fix the request; sending it again unchanged fails again.'),
  unauthorized: no('Check the API key or token: it is missing, wrong or revoked.'),
  'insufficient-credits': no('Add funds to the vendor account, or send less text.'),
  forbidden: no('Use a voice, model or key that the plan allows.'),
  'not-found': no('Check the id: it is unknown, expired or of another account.'),
  'not-ready': yes('Wait until the job has finished, then ask again.'),
  busy: yes('Wait for the request in progress to end: the account has one slot.'),
  conflict: no('Look at the state of the resource before asking again.'),
  'too-large': no('Send less text in one request.'),
  'rate-limited': yes('Wait before the next request, and send fewer at once.'),
  'vendor-fault': yes('Try again later; if it lasts, tell the vendor.'),
  unavailable: yes('Try again later: the vendor is down or overloaded.'),
  'generation-failed': no('Change the request or tell the vendor: the job ended in failure.'),
  truncated: no('Do not use the audio as complete; fetch the finished file or ask again.'),
  'not-audio': no('Check the address: something other than the vendor may have answered.'),
  'bad-response': no('Tell the vendor, or update this library: the answer breaks the protocol.'),
  'connection-lost': yes('Check the network; the finished file may still be fetched.'),
  unreachable: yes('Check address, network, key and origin: a browser hides why a connection was refused.'),
  timeout: yes('Try again, or allow more time.'),
  aborted: no('Nothing: the caller cancelled.'),
  'playback-blocked': no('Start playback from a click, and allow the worklet in the content-security policy.'),
  unknown: no('Look at status, code and message.'),
});

/**
 * What went wrong, as a closed list.
 * `invalid-request`, `unauthorized`, `insufficient-credits`, `forbidden`, `not-found`, `conflict`, `too-large`: the
 * vendor refuses this request.
 * `not-ready`, `busy`, `rate-limited`, `vendor-fault`, `unavailable`: the vendor refuses it for now.
 * `generation-failed`: the job itself ended in failure.
 * `truncated`, `not-audio`, `bad-response`: an answer came and is not what it should be.
 * `connection-lost`, `unreachable`, `timeout`: no answer, or no more of it. `aborted`: the caller cancelled.
 * `playback-blocked`: the page may not sound. `unknown`: none of these.
 */
export type SpeechErrorKind = keyof ReturnType<typeof createKindFacts>;

let facts: Readonly<Record<SpeechErrorKind, KindFacts>> | undefined;

/** What follows from a kind alone. */
export const factsOfKind = (kind: SpeechErrorKind): KindFacts => (facts ??= createKindFacts())[kind];

/** Every kind there is. */
export const speechErrorKinds: readonly SpeechErrorKind[] = /* @__PURE__ */ Object.keys(/* @__PURE__ */ createKindFacts()) as SpeechErrorKind[];
