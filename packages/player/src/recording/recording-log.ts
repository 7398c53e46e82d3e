import type { PcmRequest, PcmSettings, PcmStatus } from '../pcm-messages.ts';
import type {
  PlaybackRecording,
  RecordedOutcome,
  RecordedRequest,
  RecordedSource,
  RecordedStatus,
} from './playback-recording.ts';

/** The processor that hands it over, known where `recording-worklet.js` was loaded. The number is the version of what it says. */
export const recorderName = 'saystream-recorder-1';

/** More is cut off: ten minutes of sound, and what a page could still hand on as a file. */
const most = { seconds: 600, entries: 100_000 } as const;

/** What the audio thread hands to the page: samples become text there. */
export interface RecordingTaken extends Omit<PlaybackRecording, 'version' | 'facts' | 'sources'> {
  readonly sources: readonly (Omit<RecordedSource, 'samples'> & { readonly pieces?: readonly Float32Array[] })[];
  /** When the last source came, in milliseconds since 1970. */
  readonly lastSourceAt: number;
}

interface LoggedSource {
  readonly block: number;
  readonly settings: RecordedSource['settings'];
  readonly jumps: number[];
  pieces: Float32Array[] | undefined;
  received: number;
  last: PcmStatus | undefined;
}

const statusFields = [
  'phase',
  'frame',
  'samples',
  'rate',
  'played',
  'received',
  'seeks',
  'underruns',
  'concealedSamples',
] as const satisfies readonly (keyof PcmStatus)[];
const turningFields = ['phase', 'rate', 'seeks', 'underruns', 'concealedSamples'] as const satisfies readonly (keyof PcmStatus)[];

/** Writes down what a chain of renderers gets and says. Samples are held, not copied: the queue never changes them. */
export class RecordingLog {
  readonly #sources: LoggedSource[] = [];
  readonly #requests: (readonly [number, number, RecordedRequest])[] = [];
  readonly #steps: [frames: number, times: number][] = [];
  readonly #statuses: RecordedStatus[] = [];
  #blocks = 0;
  #blockFrames = 0;
  #first = 0;
  #frame = 0;
  #jumps = 0;
  #reports = 0;
  #digest = 0x811c9dc5;
  #isCut = false;
  #lastSourceAt = 0;

  /** Another source is there, the number of which is returned. */
  source(settings: PcmSettings): number {
    if (this.#isCut) return -1;
    this.#lastSourceAt = Date.now();
    const known = Object.entries(settings).filter(([, value]) => value !== undefined);
    const finite = known.map(([name, value]) => [name, Number.isFinite(value) ? value : null]);
    return (
      this.#sources.push({
        block: this.#blocks,
        settings: Object.fromEntries(finite) as RecordedSource['settings'],
        jumps: [],
        pieces: [],
        received: 0,
        last: undefined,
      }) - 1
    );
  }

  request(source: number, { samples, ...rest }: PcmRequest): void {
    if (this.#isCut) return;
    const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    this.#requests.push([this.#blocks, source, { ...said, ...(samples && { samples: samples.length }) }]);
    if (samples) this.#hold(this.#sources[source]!, samples, rest.at);
  }

  /** The time stretch goes `by` samples ahead or back. */
  jump(source: number, by: number): void {
    if (this.#isCut) return;
    this.#jumps++;
    this.#sources[source]!.jumps.push(by);
  }

  /** A block of `length` frames is about to be rendered, when the clock says `frame`. */
  block(length: number, frame: number): void {
    const entries = this.#requests.length + this.#steps.length + this.#statuses.length + this.#jumps;
    const frames = most.seconds * (this.#sources[0]?.settings.sampleRate ?? 0);
    if (this.#blocks * length >= frames || entries >= most.entries) this.#isCut = true;
    if (this.#isCut) return;
    const step = frame - this.#frame;
    const last = this.#steps.at(-1);
    if (this.#blocks === 0) this.#first = frame;
    else if (last?.[0] === step) last[1]++;
    else this.#steps.push([step, 1]);
    this.#frame = frame;
    this.#blockFrames = length;
    this.#blocks++;
  }

  status(source: number, status: PcmStatus): void {
    if (this.#isCut) return;
    const logged = this.#sources[source]!;
    const fields = Object.fromEntries(statusFields.map((name) => [name, status[name]])) as Omit<RecordedStatus, 'source'>;
    const told: RecordedStatus = { source, ...fields };
    for (const letter of Object.values(told).join()) {
      this.#digest = Math.imul(this.#digest ^ letter.charCodeAt(0), 0x01000193) >>> 0;
    }
    this.#reports++;
    if (!logged.last || turningFields.some((name) => status[name] !== logged.last![name])) this.#statuses.push(told);
    logged.last = status;
  }

  get outcome(): RecordedOutcome {
    return { statuses: [...this.#statuses], reports: this.#reports, digest: this.#digest };
  }

  /** All so far. @param samples whether with the sound */
  take(samples: boolean): RecordingTaken {
    return {
      sampleRate: this.#sources[0]?.settings.sampleRate ?? 0,
      isCut: this.#isCut,
      blockFrames: this.#blockFrames,
      clock: { first: this.#first, steps: this.#steps.map(([frames, times]) => [frames, times] as const) },
      sources: this.#sources.map(({ block, settings, jumps, pieces }) => ({
        block,
        settings,
        jumps: [...jumps],
        ...(samples && pieces && { pieces: [...pieces] }),
      })),
      requests: [...this.#requests],
      outcome: this.outcome,
      lastSourceAt: this.#lastSourceAt,
    };
  }

  /** What the queue takes of them, which may have come from another thread already. Of more than can be played, nothing. */
  #hold(source: LoggedSource, samples: Float32Array, at = source.received): void {
    const known = source.received - at;
    if (known < 0 || known >= samples.length) return;
    source.received += samples.length - known;
    if (source.received > most.seconds * (source.settings.sampleRate ?? 0)) source.pieces = undefined;
    source.pieces?.push(known === 0 ? samples : samples.subarray(known));
  }
}
