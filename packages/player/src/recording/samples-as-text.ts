const bytesAtOnce = 0x8000;
const littleEndian = true;

/** Base64 of 32-bit floats, little-endian, of one piece after the other. */
export function samplesToText(pieces: readonly Float32Array[]): string {
  const view = new DataView(new ArrayBuffer(4 * pieces.reduce((sum, piece) => sum + piece.length, 0)));
  let at = 0;
  for (const piece of pieces) {
    for (const sample of piece) {
      view.setFloat32(at, sample, littleEndian);
      at += 4;
    }
  }
  let binary = '';
  for (let from = 0; from < view.byteLength; from += bytesAtOnce) {
    const length = Math.min(bytesAtOnce, view.byteLength - from);
    binary += String.fromCharCode(...new Uint8Array(view.buffer, from, length));
  }
  return btoa(binary);
}

/** What {@link samplesToText} made a text of. @throws DOMException when it is not base64 */
export function samplesFromText(text: string): Float32Array {
  const binary = atob(text);
  const view = new DataView(new ArrayBuffer(binary.length - (binary.length % 4)));
  for (let at = 0; at < view.byteLength; at++) view.setUint8(at, binary.charCodeAt(at));
  return Float32Array.from({ length: view.byteLength / 4 }, (_, at) => view.getFloat32(4 * at, littleEndian));
}
