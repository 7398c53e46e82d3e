import type { Refusal } from '../relay-context.ts';

/** How a page's socket is closed. Without a code the close frame is empty, as the vendor's was. */
export interface PageClose {
  readonly code: number | undefined;
  readonly reason: string;
}

/** Why the relay itself ends a socket, whatever the vendor or the limits say. Total. */
export const ownCloses = {
  secondRequest: { code: 4400, reason: 'bad_request: one request per socket' },
  brokenFrame: { code: 4400, reason: 'bad_request: the frames break the protocol' },
  tooManyPings: { code: 4400, reason: 'bad_request: too many pings' },
  noRequest: { code: 4408, reason: 'no request came in time' },
  tooLarge: { code: 4413, reason: 'too_large: a request frame may have 64 KiB' },
  notText: { code: 4415, reason: 'not_json: the request must be one text frame, not compressed' },
  revoked: { code: 4401, reason: 'token_revoked' },
  fault: { code: 4500, reason: 'fault of the relay' },
  slowReader: { code: 4500, reason: 'the page reads too slowly' },
  tooMuchAudio: { code: 4500, reason: 'more audio than so much text can be' },
  vendorBroken: { code: 4502, reason: 'vendor_answer_refused' },
  vendorUnreachable: { code: 4503, reason: 'vendor_unreachable' },
  storeDown: { code: 4503, reason: 'store_down' },
  draining: { code: 4503, reason: 'draining' },
  vendorSilent: { code: 4504, reason: 'vendor_silent' },
  tooOld: { code: 4504, reason: 'the stream is too old' },
} as const satisfies Record<string, PageClose>;

/** What `ws` calls a page's mistakes. Others are broken frames. */
const pageMistakes: Readonly<Record<string, PageClose>> = {
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: ownCloses.tooLarge,
  WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: ownCloses.tooLarge,
  WS_ERR_TOO_MANY_BUFFERED_PARTS: ownCloses.tooLarge,
  // Compression was not agreed on, so its bit is none.
  WS_ERR_UNEXPECTED_RSV_1: ownCloses.notText,
};

/** The close of a page whose frames cannot be read. */
export const closeOfMistake = (errorCode: string | undefined): PageClose =>
  pageMistakes[errorCode ?? ''] ?? ownCloses.brokenFrame;

/** Refusals whose code says more than their status. */
const codesOfRefusals: Readonly<Record<string, number>> = { token_used: 4409 };

/** HTTP statuses of a vendor's handshake that 4000 + status would say something else of. */
const codesOfHandshakes: Readonly<Record<number, number>> = {
  // 4408 says that the page sent no request.
  408: 4503,
  500: 4502,
  502: 4503,
  503: 4503,
  // 4504 says that an open vendor fell silent.
  504: 4503,
};

const most = 123;
const encoder = new TextEncoder();

/** Cuts a reason to what a close frame holds: 123 bytes of UTF-8, no character in halves. */
export function cutReason(reason: string): string {
  if (encoder.encode(reason).length <= most) return reason;
  const bytes = encoder.encode(reason.slice(0, most)).subarray(0, most);
  return new TextDecoder().decode(bytes).replace(/\ufffd+$/, '');
}

const waitReason = (retryAfterMs: number): string => JSON.stringify({ r: Math.max(1, Math.ceil(retryAfterMs / 1000)) });

/** The close that says what a refusal says. */
export function closeOfRefusal({ status, code, detail, retryAfterMs, errors }: Refusal): PageClose {
  const closeCode = codesOfRefusals[code] ?? 4000 + status;
  if (retryAfterMs !== undefined && closeCode !== 4401) return { code: closeCode, reason: waitReason(retryAfterMs) };
  const field = errors?.[0];
  return { code: closeCode, reason: cutReason(`${code}: ${field ? `${field.field}: ${field.message}` : detail}`) };
}

/** The close that says what a vendor's refused handshake said. */
export function closeOfHandshake(status: number, retryAfterMs: number | undefined): PageClose {
  const isError = status >= 400 && status < 600;
  const code = codesOfHandshakes[status] ?? (isError ? 4000 + status : ownCloses.vendorBroken.code);
  return { code, reason: retryAfterMs === undefined ? `the vendor answered ${status}` : waitReason(retryAfterMs) };
}

const noCodeGiven = 1005;
const noCloseFrame = 1006;

/** The close that says what the vendor's own close said. 1006 cannot be sent: 1014 is the standard's word for a bad gateway. */
export function closeOfVendor(code: number, reason: string): PageClose {
  if (code === noCodeGiven) return { code: undefined, reason: '' };
  if (code === noCloseFrame) return { code: 1014, reason: '' };
  return { code, reason: cutReason(reason) };
}
