const headerBytes = 44;

/** A 16-bit mono RIFF file of these samples, each clipped to [-1, 1]. */
export function wavFile(chunks: readonly Float32Array[], sampleRate: number): Blob {
  const samples = chunks.reduce((total, chunk) => total + chunk.length, 0);
  const view = new DataView(new ArrayBuffer(headerBytes + samples * 2));
  const ascii = (offset: number, text: string): void => {
    for (let n = 0; n < text.length; n++) view.setUint8(offset + n, text.charCodeAt(n));
  };
  ascii(0, 'RIFF');
  view.setUint32(4, headerBytes - 8 + samples * 2, true);
  ascii(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  ascii(36, 'data');
  view.setUint32(40, samples * 2, true);
  let offset = headerBytes;
  for (const chunk of chunks) {
    for (const sample of chunk) {
      view.setInt16(offset, Math.round(Math.min(1, Math.max(-1, sample)) * 32_767), true);
      offset += 2;
    }
  }
  return new Blob([view.buffer], { type: 'audio/wav' });
}

/** Hands a file to the browser's download list. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The download has its own hold on the bytes by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
