import type { AudioPart, EncodedPacket, EncodedPackets } from './encoded-packets.ts';
import type { PartTrim } from './part-trim.ts';
import { createPartTrim } from './part-trim.ts';
import { createResampler } from './resample.ts';
import { notAudio, truncated } from './source-errors.ts';
import type { SampleSink, StreamDecoder } from './stream-decoder.ts';

/** Whether this browser decodes `codec` by itself, packet by packet. */
export async function hasWebCodec(codec: 'mp3' | 'opus'): Promise<boolean> {
  if (typeof AudioDecoder === 'undefined') return false;
  const config = { codec, sampleRate: 48_000, numberOfChannels: 1 };
  return AudioDecoder.isConfigSupported(config).then(
    ({ supported }) => supported === true,
    () => false,
  );
}

/** Enough in flight to keep the decoder busy; more would only be held in memory. */
const queuedAtMost = 64;
/** Packets in a row that may be damaged. Each costs a decoder of its own. */
const failuresAtMost = 500;

/** The browser's decoder, which is replaced after each packet that it cannot decode, and goes on with the next one. */
class PacketDecoder {
  readonly #onAudio: (data: AudioData) => void;
  #decoder: AudioDecoder | undefined;
  /** Given to the decoder and not come out of it. */
  #pending: EncodedPacket[] = [];
  #failure: unknown;
  #failures = 0;
  #timestamp = 0;
  #isClosed = false;
  #wake = (): void => {};
  /** Why a packet was lost. */
  damage: unknown;

  constructor(onAudio: (data: AudioData) => void) {
    this.#onAudio = onAudio;
  }

  async decode(packet: EncodedPacket): Promise<void> {
    this.#recover();
    this.#submit(packet);
    const isFull = (): boolean => this.#decoder?.state === 'configured' && this.#decoder.decodeQueueSize > queuedAtMost;
    while (isFull()) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  /** Waits until all packets have come out, and makes the next one begin with a fresh decoder. */
  async flush(): Promise<void> {
    do {
      await this.#decoder?.flush().catch((error: unknown) => (this.#failure ??= error));
    } while (this.#recover());
    this.#drop();
    // Packets that the engine dropped in silence.
    this.#pending = [];
  }

  close(): void {
    this.#isClosed = true;
    this.#drop();
    this.#wake();
  }

  #drop(): void {
    if (this.#decoder && this.#decoder.state !== 'closed') this.#decoder.close();
    this.#decoder = undefined;
  }

  #submit(packet: EncodedPacket): void {
    if (this.#isClosed) return;
    const decoder = (this.#decoder ??= this.#open(packet));
    this.#pending.push(packet);
    // One that has failed takes nothing more; `#recover` gives the packet to the next one.
    if (decoder.state !== 'configured') return;
    decoder.decode(new EncodedAudioChunk({ type: 'key', timestamp: (this.#timestamp += 1000), data: packet.data }));
  }

  #open({ part }: EncodedPacket): AudioDecoder {
    const opened = new AudioDecoder({
      output: (data) => {
        this.#pending.shift();
        this.#failures = 0;
        this.#onAudio(data);
      },
      error: (error) => {
        if (opened === this.#decoder) this.#failure ??= error;
        this.#wake();
      },
    });
    opened.addEventListener('dequeue', () => this.#wake());
    opened.configure(part.config);
    return opened;
  }

  /** After a failure: leaves out the packet that caused it. Packets come out in order, so it is the first that did not. */
  #recover(): boolean {
    if (this.#failure === undefined || this.#isClosed) return false;
    this.damage ??= this.#failure;
    this.#failure = undefined;
    this.#drop();
    const rest = this.#pending.slice(1);
    this.#pending = [];
    this.#failures += 1;
    if (this.#failures > failuresAtMost) throw this.damage;
    for (const packet of rest) this.#submit(packet);
    return true;
  }
}

/** Decodes part by part with the browser's own decoder. What cannot be decoded is left out, and told at the end. */
export function createWebCodecStream(packets: EncodedPackets, what: string, sink: SampleSink): StreamDecoder {
  let part: AudioPart | undefined;
  let trim: PartTrim | undefined;
  let resample: ReturnType<typeof createResampler> | undefined;
  let rate: number | undefined;
  /** Samples of the part's packets that have not come out. */
  let missing = 0;
  let isLeftOut = false;
  const decoder = new PacketDecoder((data) => {
    const { sampleRate } = data;
    const samples = mixedDown(data);
    data.close();
    missing -= samples.length;
    if (rate === undefined) sink.onRate((rate = sampleRate));
    if (sampleRate !== rate) resample ??= createResampler(sampleRate, rate);
    trim?.push(samples);
  });
  const endPart = async (packetSamples = 1): Promise<void> => {
    await decoder.flush();
    trim?.end();
    // Chromium passes over some damaged packets in silence.
    if (missing >= packetSamples) isLeftOut = true;
  };
  const decode = async (encoded: readonly EncodedPacket[]): Promise<void> => {
    for (const packet of encoded) {
      if (packet.part !== part) {
        await endPart(packet.samples);
        part = packet.part;
        resample = undefined;
        missing = 0;
        trim = createPartTrim(part, (samples) => sink.onSamples(resample?.(samples) ?? samples));
      }
      missing += packet.samples;
      await decoder.decode(packet);
    }
  };
  return {
    push: (bytes) => decode(packets.push(bytes)),
    async end() {
      await decode(packets.end());
      await endPart();
      const { damage } = decoder;
      if (!packets.isFound) throw notAudio(`No sound was found in the ${what}.`);
      if (damage && rate === undefined) {
        throw notAudio(`The browser could not decode the ${what}.`, 'Check that the file is whole, or send WAV.', damage);
      }
      if (damage || isLeftOut || packets.isCut) throw truncated(what, damage);
    },
    close: () => decoder.close(),
  };
}

function mixedDown(data: AudioData): Float32Array {
  const { numberOfChannels: channels, numberOfFrames: frames } = data;
  const mixed = new Float32Array(frames);
  const plane = new Float32Array(frames);
  for (let channel = 0; channel < channels; channel += 1) {
    data.copyTo(plane, { planeIndex: channel, format: 'f32-planar' });
    for (let at = 0; at < frames; at += 1) mixed[at] = mixed[at]! + plane[at]! / channels;
  }
  return mixed;
}
