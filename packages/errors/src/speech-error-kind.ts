/**
 * What went wrong, as one of a closed list. A kind says what happened; whether to retry or what to show is decided
 * elsewhere. `switch (error.kind)` over it can be checked for exhaustiveness.
 */
export type SpeechErrorKind =
  | 'invalid-request'
  | 'unauthorized'
  | 'insufficient-credits'
  | 'forbidden'
  | 'not-found'
  | 'not-ready'
  | 'busy'
  | 'conflict'
  | 'too-large'
  | 'rate-limited'
  | 'vendor-fault'
  | 'unavailable'
  | 'generation-failed'
  | 'truncated'
  | 'not-audio'
  | 'bad-response'
  | 'connection-lost'
  | 'unreachable'
  | 'timeout'
  | 'aborted'
  | 'playback-blocked'
  | 'unknown';

/**
 * One sentence per kind: who should do what. A leading `+` marks the kinds whose request, sent again unchanged, may
 * succeed later: one string for both, and short ones, as every page that explains an error carries this table.
 */
export const advicePerKind: Readonly<Record<SpeechErrorKind, string>> = {
  'invalid-request': 'Correct the request.',
  unauthorized: 'Check the key or token.',
  'insufficient-credits': 'Add credits.',
  forbidden: 'Check the plan.',
  'not-found': 'Check the id.',
  'not-ready': '+Try again later.',
  busy: '+Send one at a time.',
  conflict: 'Send one at a time.',
  'too-large': 'Send a shorter text.',
  'rate-limited': '+Send less often.',
  'vendor-fault': '+Try again later.',
  unavailable: '+Try again later.',
  'generation-failed': 'Start a new one.',
  truncated: 'Treat it as incomplete.',
  'not-audio': 'Check the URL.',
  'bad-response': 'Tell the vendor.',
  'connection-lost': '+Check the network.',
  unreachable: '+Check the key, origin and network: a browser hides the HTTP status.',
  timeout: '+Try again later.',
  aborted: 'Do nothing.',
  'playback-blocked': 'Start from a click.',
  unknown: 'Check the message.',
};

/** The closed list of kinds, each once. */
export const speechErrorKinds: readonly SpeechErrorKind[] = /* @__PURE__ */ Object.keys(advicePerKind) as SpeechErrorKind[];
