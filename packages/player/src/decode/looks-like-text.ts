/** Enough of the first bytes for `looksLikeText`. */
export const telltaleBytes = 36;

/** Whether bytes begin as a page, JSON or plain words do: what a server sends in the place of audio, or behind it. */
export function looksLikeText(bytes: Uint8Array): boolean {
  const text = String.fromCharCode(...bytes.subarray(0, telltaleBytes));
  return /^[\uFEFF\s]*[<{["]/.test(text) || /^[\t\n\r -~]{16,}$/.test(text);
}
