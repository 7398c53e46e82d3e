// Test signals, WAV writing and Ogg page editing for `build-audio-files.mjs`.

/** A rising tone at half of full scale: each position of the signal sounds different, so a shifted sample is noticed. */
export const tone = (samples, rate, fromHz = 300, toHz = 900) =>
  Float64Array.from({ length: samples }, (_, i) => {
    const t = i / rate;
    const duration = samples / rate;
    return 0.5 * Math.sin(2 * Math.PI * (fromHz * t + ((toHz - fromHz) * t * t) / (2 * duration)));
  });

const u16 = (value) => Buffer.from([value & 255, (value >> 8) & 255]);
export const u32 = (value) => Buffer.from([value & 255, (value >>> 8) & 255, (value >>> 16) & 255, (value >>> 24) & 255]);

/** A RIFF chunk. `size` overrides its length field; chunks of odd length are padded. */
export const chunk = (id, data, size = data.length) =>
  Buffer.concat([Buffer.from(id, 'latin1'), u32(size), data, Buffer.alloc(data.length % 2)]);

const formats = {
  u8: { tag: 1, bits: 8, put: (b, v, at) => b.writeUInt8(Math.round(v * 127) + 128, at) },
  s16: { tag: 1, bits: 16, put: (b, v, at) => b.writeInt16LE(Math.round(v * 32_767), at) },
  s24: { tag: 1, bits: 24, put: (b, v, at) => b.writeIntLE(Math.round(v * 8_388_607), at, 3) },
  s32: { tag: 1, bits: 32, put: (b, v, at) => b.writeInt32LE(Math.round(v * 2_147_483_647), at) },
  f32: { tag: 3, bits: 32, put: (b, v, at) => b.writeFloatLE(v, at) },
  f64: { tag: 3, bits: 64, put: (b, v, at) => b.writeDoubleLE(v, at) },
  // Left-justified in their container, as WAVEFORMATEX asks: the lowest bits are zero.
  s12in2: { tag: 1, bits: 12, container: 16, put: (b, v, at) => b.writeInt16LE(Math.round(v * 2_047) * 16, at) },
  s24in4: { tag: 1, bits: 24, container: 32, put: (b, v, at) => b.writeInt32LE(Math.round(v * 8_388_607) * 256, at) },
};

/** The samples of each channel, interleaved. The second channel is half as loud. */
export function samplesOf(signal, kind, channels = 1) {
  const { bits, container = bits, put } = formats[kind];
  const bytes = container / 8;
  const data = Buffer.alloc(signal.length * bytes * channels);
  signal.forEach((value, i) => {
    for (let c = 0; c < channels; c += 1) put(data, c % 2 ? value / 2 : value, (i * channels + c) * bytes);
  });
  return data;
}

/** The `fmt ` chunk of one of the formats above. */
export function formatChunk(kind, rate, { channels = 1, extensible = false, extra = Buffer.alloc(0) } = {}) {
  const { tag, bits, container = bits } = formats[kind];
  const block = (container / 8) * channels;
  const head = [u16(extensible ? 0xff_fe : tag), u16(channels), u32(rate), u32(rate * block), u16(block)];
  if (!extensible) return chunk('fmt ', Buffer.concat([...head, u16(bits), extra]));
  const guidTail = Buffer.from('000000001000800000aa00389b71', 'hex');
  return chunk('fmt ', Buffer.concat([...head, u16(container), u16(22), u16(bits), u32(0), u16(tag), guidTail]));
}

/** A RIFF file of chunks. */
export const riff = (chunks, { id = 'RIFF', size } = {}) => {
  const body = Buffer.concat([Buffer.from('WAVE'), ...chunks]);
  return Buffer.concat([Buffer.from(id), u32(size ?? body.length), body]);
};

/** A whole WAV file of one signal. */
export const wav = (signal, rate, { kind = 's16', channels = 1, before = [], behind = [], length, ...format } = {}) =>
  riff([
    formatChunk(kind, rate, { channels, ...format }),
    ...before,
    chunk('data', samplesOf(signal, kind, channels), length),
    ...behind,
  ]);

const crcTable = Uint32Array.from({ length: 256 }, (_, i) => {
  let crc = i << 24;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000_0000 ? (crc << 1) ^ 0x04c1_1db7 : crc << 1;
  return crc;
});

/** The pages of an Ogg stream (RFC 3533 §6). */
export function oggPages(bytes) {
  const pages = [];
  for (let at = 0; at < bytes.length;) {
    const table = bytes.subarray(at + 27, at + 27 + bytes[at + 26]);
    const end = at + 27 + table.length + table.reduce((sum, size) => sum + size, 0);
    pages.push(Buffer.from(bytes.subarray(at, end)));
    at = end;
  }
  return pages;
}

/** Edits each page, then writes its checksum anew. */
export const editPages = (bytes, edit) =>
  Buffer.concat(
    oggPages(bytes).map((page, index) => {
      edit(page, index);
      page.writeUInt32LE(0, 22);
      let crc = 0;
      for (const byte of page) crc = ((crc << 8) ^ crcTable[(crc >>> 24) ^ byte]) >>> 0;
      page.writeUInt32LE(crc, 22);
      return page;
    }),
  );

/** An ID3v2.4 tag of one frame; a footer repeats the header (id3.org, ID3v2.4 §3.4). */
export function id3(content, footer = false) {
  const text = Buffer.concat([Buffer.from([3]), content]);
  const synchsafe = (n) => Buffer.from([(n >> 21) & 127, (n >> 14) & 127, (n >> 7) & 127, n & 127]);
  const frame = Buffer.concat([Buffer.from('TIT2'), synchsafe(text.length), Buffer.alloc(2), text]);
  const head = (id) => Buffer.concat([Buffer.from(id), Buffer.from([4, 0, footer ? 0x10 : 0]), synchsafe(frame.length)]);
  return Buffer.concat([head('ID3'), frame, ...(footer ? [head('3DI')] : [])]);
}

/** An APEv2 tag of one item, with header and footer. */
export function apeTag() {
  const item = Buffer.concat([u32(4), u32(0), Buffer.from('Title\0tone')]);
  const part = (flags) =>
    Buffer.concat([Buffer.from('APETAGEX'), u32(2000), u32(item.length + 32), u32(1), u32(flags), Buffer.alloc(8)]);
  return Buffer.concat([part(0xa000_0000), item, part(0x8000_0000)]);
}

/** An ID3v1 tag: 128 bytes. */
export const id3v1 = () => Buffer.concat([Buffer.from('TAGtone'), Buffer.alloc(121)]);

/** Bytes below 128, always the same: they hold no MPEG sync word. */
export const junk = (length, seed = 7) => {
  let state = seed;
  return Buffer.alloc(length).map(() => (state = (state * 48_271) % 2_147_483_647) & 127);
};

/** Noise at a quarter of full scale: encoders need many bytes for it. */
export const noise = (samples) => Float64Array.from(junk(samples, 5), (byte) => (byte - 64) / 256);
