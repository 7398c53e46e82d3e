// Walks through MP3 and Ogg as far as a test needs it: sizes, rates, checksums and lengths, no sound.

/** What the frames of an MP3 say. */
export interface ReadMp3 {
  readonly rates: readonly number[];
  readonly kbits: readonly number[];
  readonly channels: readonly number[];
  readonly seconds: number;
}

const bitrates = {
  3: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;
const rates = { 3: [44_100, 48_000, 32_000], 2: [22_050, 24_000, 16_000] } as const;

/** @throws where a frame does not begin where the one before ends */
export function readMp3(file: Buffer): ReadMp3 {
  const seen = { rates: new Set<number>(), kbits: new Set<number>(), channels: new Set<number>() };
  let seconds = 0;
  for (let at = 0; at < file.length;) {
    const head = file.readUInt32BE(at);
    const version = (head >>> 19) & 3;
    // Eleven ones; layer III.
    if (head >>> 21 !== 0x7ff || ((head >>> 17) & 3) !== 1 || (version !== 3 && version !== 2))
      throw new Error(`no frame at ${at}`);
    const kbits = bitrates[version][(head >>> 12) & 15] ?? 0;
    const rate = rates[version][(head >>> 10) & 3] ?? 0;
    const samples = version === 3 ? 1_152 : 576;
    seen.rates.add(rate);
    seen.kbits.add(kbits);
    seen.channels.add(((head >>> 6) & 3) === 3 ? 1 : 2);
    seconds += samples / rate;
    at += Math.floor((samples * kbits * 125) / rate) + ((head >>> 9) & 1);
    if (at > file.length) throw new Error('the last frame is cut');
  }
  return { rates: [...seen.rates], kbits: [...seen.kbits], channels: [...seen.channels], seconds };
}

/** What the pages of an Ogg file say. */
export interface ReadOgg {
  readonly packets: readonly Buffer[];
  /** Flags of each page: 2 begins a stream, 4 ends it. */
  readonly flags: readonly number[];
  /** Samples at 48,000 Hz up to the end of the last page. */
  readonly granules: number;
  /** Pages whose checksum is wrong. */
  readonly broken: number;
}

/** Bit by bit, as RFC 3533 describes it. */
function checksum(page: Buffer): number {
  let crc = 0;
  for (const byte of page) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit += 1) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  }
  return crc >>> 0;
}

/** @throws where a page does not begin where the one before ends */
export function readOgg(file: Buffer): ReadOgg {
  const packets: Buffer[] = [];
  const flags: number[] = [];
  let [granules, broken, sequence] = [0, 0, 0];
  for (let at = 0; at < file.length; sequence += 1) {
    if (file.toString('latin1', at, at + 4) !== 'OggS' || file.readUInt32LE(at + 18) !== sequence)
      throw new Error(`no page at ${at}`);
    const sizes = [...file.subarray(at + 27, at + 27 + (file[at + 26] ?? 0))];
    const start = at + 27 + sizes.length;
    const end = start + sizes.reduce((sum, size) => sum + size, 0);
    const page = Buffer.from(file.subarray(at, end));
    const stated = page.readUInt32LE(22);
    page.writeUInt32LE(0, 22);
    if (checksum(page) !== stated) broken += 1;
    flags.push(page[5] ?? 0);
    granules = Number(page.readBigUInt64LE(6));
    // No packet of ours is as long as 255 bytes, so each size is a packet.
    let from = start;
    for (const size of sizes) packets.push(file.subarray(from, (from += size)));
    at = end;
  }
  return { packets, flags, granules, broken };
}
