import { ByteQueue } from './byte-queue.ts';
import type { AudioPart, EncodedPacket, EncodedPackets } from './encoded-packets.ts';
import { looksLikeText, telltaleBytes } from './looks-like-text.ts';
import type { InfoTag, Mp3Header } from './mp3-header.ts';
import { id3Bytes, readInfoTag, readMp3Header } from './mp3-header.ts';

/** The tags around the sound, and their lengths. Null when `bytes` has no tag at its beginning. */
function tagBytes(bytes: Uint8Array): number | null {
  const [letters, size] = [String.fromCharCode(...bytes.subarray(0, 8)), bytes.subarray(12, 16)];
  if (letters.startsWith('ID3') && bytes[3]! < 16) return id3Bytes(bytes);
  if (letters.startsWith('TAG')) return 128;
  // The size is little-endian and leaves out one of header and footer.
  return letters === 'APETAGEX' ? 32 + size.reduceRight((sum, byte) => sum * 256 + byte, 0) : null;
}

/** Whether another frame or a tag stands right behind the frame at the beginning of `bytes`. */
const isFollowed = (bytes: Uint8Array, { bytes: length, sampleRate }: Mp3Header): boolean =>
  readMp3Header(bytes, length)?.sampleRate === sampleRate || tagBytes(bytes.subarray(length)) !== null;

/** Whether a frame begins within the first `length` bytes: the frame that these should be was cut. */
function holdsFrame(bytes: Uint8Array, length: number): boolean {
  for (let at = 4; at < length; at += 1) {
    const header = bytes[at] === 0xff && readMp3Header(bytes, at);
    if (header && isFollowed(bytes.subarray(at), header)) return true;
  }
  return false;
}

/** Finds the frames of an MP3 stream, whatever tags, joins and damage stand between them. */
export class Mp3Frames implements EncodedPackets {
  readonly #queue = new ByteQueue();
  #skipBytes = 0;
  /** The first header of the part that is being read. */
  #first: Mp3Header | undefined;
  #part: AudioPart | undefined;
  #frames = 0;
  /** Frames that the part's Info tag promises; 0 when it has none. */
  #promised = 0;
  /** Whether the next frame is expected right here. If not, a header counts only when another follows its frame. */
  #inStep = false;
  /** The beginning of the bytes since the last frame or tag that are neither, and their number. */
  #stray: number[] = [];
  #strayBytes = 0;
  #isDamaged = false;

  get isFound(): boolean {
    return this.#part !== undefined;
  }

  get isCut(): boolean {
    const { bytes } = this.#queue;
    const startsFrame = bytes[0] === 0xff;
    return this.#isDamaged || this.#skipBytes > 0 || startsFrame;
  }

  push(bytes: Uint8Array, atEnd = false): EncodedPacket[] {
    const queue = this.#queue;
    queue.add(bytes);
    const packets: EncodedPacket[] = [];
    for (;;) {
      const skipped = Math.min(this.#skipBytes, queue.length);
      queue.drop(skipped);
      this.#skipBytes -= skipped;
      if (queue.length < (atEnd ? 4 : 16)) break;
      const tag = tagBytes(queue.bytes);
      if (tag !== null) {
        this.#judgeStray();
        this.#skipBytes = tag;
        continue;
      }
      const header = readMp3Header(queue.bytes);
      const follows = header && this.#isFrame(header, atEnd);
      if (follows === 'wait') break;
      if (!follows) {
        // The first frame of all, which nothing follows as it should.
        if (header && !this.#part && this.#strayBytes === 0) this.#isDamaged = true;
        this.#passOver();
        continue;
      }
      const packet = this.#take(header);
      if (packet) packets.push(packet);
    }
    if (atEnd) this.#judgeStray(true);
    return packets;
  }

  end(): EncodedPacket[] {
    const packets = this.push(new Uint8Array(0), true);
    this.#endPart();
    return packets;
  }

  #isSame({ sampleRate, channels }: Mp3Header): boolean {
    return sampleRate === this.#first?.sampleRate && channels === this.#first.channels;
  }

  /** A frame begins here when one is expected, or when another frame follows: damage and pictures may look like one header. */
  #isFrame(header: Mp3Header, atEnd: boolean): boolean | 'wait' {
    const { bytes } = this.#queue;
    const isExpected = this.#inStep && this.#isSame(header);
    const needed = header.bytes + (isExpected ? 0 : 4);
    if (bytes.length < needed) {
      if (!atEnd) return 'wait';
      if (bytes.length === header.bytes) return true;
      // Half a frame: it stays in the queue, where `isCut` sees it.
      return isExpected ? 'wait' : false;
    }
    if (readInfoTag(bytes.subarray(0, header.bytes), header) || isFollowed(bytes, header)) return true;
    return isExpected && (bytes.length < header.bytes + 4 || !holdsFrame(bytes, header.bytes));
  }

  #take(header: Mp3Header): EncodedPacket | undefined {
    const data = this.#queue.bytes.slice(0, header.bytes);
    this.#queue.drop(header.bytes);
    const lostFrames = Math.round(this.#strayBytes / header.bytes);
    this.#judgeStray();
    this.#frames += lostFrames;
    this.#inStep = true;
    const info = readInfoTag(data, header);
    if (info || !this.#part || !this.#isSame(header)) this.#beginPart(header, info);
    if (info) return undefined;
    this.#frames += 1;
    return { data, samples: header.samples, part: this.#part! };
  }

  #beginPart(header: Mp3Header, { skip, padding, frames }: InfoTag = { skip: 0, padding: 0, frames: 0 }): void {
    this.#endPart();
    this.#first = header;
    this.#frames = 0;
    this.#promised = frames;
    this.#part = {
      config: { codec: 'mp3', sampleRate: header.sampleRate, numberOfChannels: header.channels },
      skip,
      end: Infinity,
      padding,
      isCut: false,
      gain: 1,
    };
  }

  #endPart(): void {
    if (!this.#part || this.#frames >= this.#promised) return;
    this.#part.isCut = true;
    this.#isDamaged = true;
  }

  #passOver(): void {
    this.#inStep = false;
    this.#strayBytes += 1;
    const byte = this.#queue.bytes[0]!;
    // Zeros fill the space between tags and sound.
    if (this.#stray.length < telltaleBytes && (byte > 0 || this.#stray.length > 0)) this.#stray.push(byte);
    this.#queue.drop(1);
  }

  /**
   * Bytes behind a frame that are neither frames nor tags are damage. Behind all frames that were promised, at the end of
   * the stream, only text is: an error that came instead of more.
   */
  #judgeStray(atEnd = false): void {
    const stray = Uint8Array.from(this.#stray.splice(0));
    this.#strayBytes = 0;
    if (!this.#part) return;
    const isComplete = atEnd && this.#promised > 0 && this.#frames >= this.#promised;
    const isLyrics = String.fromCharCode(...stray.subarray(0, 11)) === 'LYRICSBEGIN';
    if (stray.length > 0 && !isLyrics && (!isComplete || looksLikeText(stray))) this.#isDamaged = true;
  }
}
