/** Length of an ID3v2 tag at `at`, its footer included; 0 when there is none (id3.org, ID3v2.4 §3). */
export function id3Bytes(bytes: Uint8Array, at: number): number {
  const [i, d, three, version = 0, , flags = 0, ...size] = bytes.subarray(at, at + 10);
  if (i !== 0x49 || d !== 0x44 || three !== 0x33 || version > 4 || size.some((byte) => byte > 127)) return 0;
  return size.reduce((length, byte) => length * 128 + byte, 0) + (flags & 16 ? 20 : 10);
}
