import { int16Bytes, resample, voiceRate } from '../resample.ts';

/** The vendor's list (vendor docs, text to speech): codec, Hz and kbit/s. */
export const outputFormats = [
  'mp3_22050_32',
  'mp3_24000_48',
  'mp3_44100_32',
  'mp3_44100_64',
  'mp3_44100_96',
  'mp3_44100_128',
  'mp3_44100_192',
  'pcm_8000',
  'pcm_16000',
  'pcm_22050',
  'pcm_24000',
  'pcm_32000',
  'pcm_44100',
  'pcm_48000',
  'opus_48000_32',
  'opus_48000_64',
  'opus_48000_96',
  'opus_48000_128',
  'opus_48000_192',
] as const;

/** Of layer III, in kbit/s (ISO/IEC 11172-3 and 13818-3). */
const mpeg1Bitrates = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const mpeg2Bitrates = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

/** Silent MP3 of the right length: real frames of the rate and bitrate, mono. An encoder is not part of the emulator. */
function silentMp3(seconds: number, rate: number, kbits: number): Buffer {
  const mpeg1 = rate >= 32_000;
  const samples = mpeg1 ? 1_152 : 576;
  const rateIndex = [44_100, 48_000, 32_000].indexOf(mpeg1 ? rate : rate * 2);
  const bitrateIndex = (mpeg1 ? mpeg1Bitrates : mpeg2Bitrates).indexOf(kbits);
  const frames: Buffer[] = [];
  let written = 0;
  for (let at = 0; at < Math.max(1, Math.ceil((seconds * rate) / samples)); at += 1) {
    // A byte of padding here and there keeps the bitrate constant.
    const exact = ((at + 1) * (samples / 8) * kbits * 1_000) / rate;
    const plain = Math.floor(((samples / 8) * kbits * 1_000) / rate);
    const padding = Math.floor(exact) - written > plain ? 1 : 0;
    const frame = Buffer.alloc(plain + padding);
    frame.set([0xff, mpeg1 ? 0xfb : 0xf3, (bitrateIndex << 4) | (rateIndex << 2) | (padding << 1), 0xc4]);
    frames.push(frame);
    written += frame.length;
  }
  return Buffer.concat(frames);
}

const crcTable = Array.from({ length: 256 }, (_each, index) => {
  let crc = index << 24;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc >>> 0;
});
const oggCrc = (bytes: Buffer): number =>
  bytes.reduce((crc, byte) => ((crc << 8) ^ (crcTable[((crc >>> 24) ^ byte) & 255] ?? 0)) >>> 0, 0);

function oggPage(packets: readonly Buffer[], page: { flags: number; granules: number; sequence: number }): Buffer {
  const head = Buffer.alloc(27 + packets.length);
  head.write('OggS', 0, 'latin1');
  head[5] = page.flags;
  head.writeBigUInt64LE(BigInt(page.granules), 6);
  head.writeUInt32LE(1, 14);
  head.writeUInt32LE(page.sequence, 18);
  head[26] = packets.length;
  packets.forEach((packet, i) => (head[27 + i] = packet.length));
  const whole = Buffer.concat([head, ...packets]);
  whole.writeUInt32LE(oggCrc(whole), 22);
  return whole;
}

/** Silent Ogg Opus of the right length: packets of 20 ms without a payload, which decoders fill with silence (RFC 6716). */
function silentOpus(seconds: number): Buffer {
  const head = Buffer.alloc(19);
  head.write('OpusHead', 0, 'latin1');
  head.set([1, 1], 8);
  head.writeUInt32LE(48_000, 12);
  const tags = Buffer.concat([Buffer.from('OpusTags'), Buffer.alloc(8)]);
  // Configuration 31: CELT, full band, 20 ms.
  const silence = Buffer.from([0xf8]);
  const packets = Math.max(1, Math.ceil(seconds / 0.02));
  const pages = [
    oggPage([head], { flags: 2, granules: 0, sequence: 0 }),
    oggPage([tags], { flags: 0, granules: 0, sequence: 1 }),
  ];
  for (let at = 0; at < packets; at += 50) {
    const count = Math.min(50, packets - at);
    const last = at + count >= packets;
    const granules = (at + count) * 960;
    pages.push(
      oggPage(
        Array.from({ length: count }, () => silence),
        { flags: last ? 4 : 0, granules, sequence: pages.length },
      ),
    );
  }
  return Buffer.concat(pages);
}

const contentTypes: Readonly<Record<string, string>> = {
  mp3: 'audio/mpeg',
  // Not documented; what comes without a header has no better name.
  pcm: 'application/octet-stream',
  opus: 'audio/ogg',
};

/** A sound in one of the vendor's formats. Only `pcm_…` holds the voice; MP3 and Opus are silent and of its length. */
export function encode(voice: Float32Array, format: string): { readonly body: Buffer; readonly contentType: string } {
  const [codec = '', rate = '', kbits = ''] = format.split('_');
  const seconds = voice.length / voiceRate;
  const contentType = contentTypes[codec] ?? 'application/octet-stream';
  if (codec === 'pcm') return { contentType, body: int16Bytes(resample(voice, Number(rate))) };
  return { contentType, body: codec === 'mp3' ? silentMp3(seconds, Number(rate), Number(kbits)) : silentOpus(seconds) };
}
