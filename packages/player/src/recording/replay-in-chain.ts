import type { PcmSettings } from '../pcm-messages.ts';
import type { PlaybackRecording, RecordedRequest, RecordedSource } from './playback-recording.ts';
import { recordingVersion } from './playback-recording.ts';
import { RecordingChain } from './recording-chain.ts';
import { samplesFromText } from './samples-as-text.ts';

/** With the chain that did it, which has recorded it anew. @throws RangeError when the version is unknown */
export function replayInChain(recording: PlaybackRecording): { chain: RecordingChain; rendered: Float32Array | undefined } {
  const { version, blockFrames, sources, requests } = recording;
  if (version !== recordingVersion)
    throw new RangeError(`A recording of version ${version}; this package knows ${recordingVersion}.`);
  const frames = [...blocksOf(recording)];
  const rendered = sources.some(({ samples }) => samples !== undefined)
    ? new Float32Array(frames.length * blockFrames)
    : undefined;
  const chain = new RecordingChain();
  const links: Link[] = [];
  let next = 0;
  const acceptBefore = (block: number): void => {
    for (let source = sources[links.length]; source && source.block <= block; source = sources[links.length])
      links.push(openLink(chain, source));
    for (let request = requests[next]; request && request[0] <= block; request = requests[++next])
      links[request[1]]!.accept(request[2]);
  };
  frames.forEach((frame, block) => {
    acceptBefore(block);
    const output = new Float32Array(blockFrames);
    chain.render(output, frame);
    rendered?.set(output, block * blockFrames);
  });
  acceptBefore(frames.length);
  return { chain, rendered };
}

/** Where each block begins. */
function* blocksOf({ blockFrames, clock }: PlaybackRecording): Generator<number> {
  let frame = clock.first;
  if (blockFrames === 0) return; // taken before the first
  yield frame;
  for (const [frames, times] of clock.steps) for (let time = 0; time < times; time++) yield (frame += frames);
}

interface Link {
  accept(request: RecordedRequest): void;
}

function openLink(chain: RecordingChain, { settings, samples, jumps }: RecordedSource): Link {
  const numbers = Object.entries(settings).map(([name, value]) => [name, value ?? Infinity]);
  const finiteOrNot = Object.fromEntries(numbers) as PcmSettings;
  const jumpsLeft = [...jumps];
  const goWhereItWent = (found: number, most: number): number => Math.min(most, jumpsLeft.shift() ?? found);
  const choose = samples === undefined ? goWhereItWent : undefined;
  const link = chain.open(finiteOrNot, undefined, choose);
  const sound = samples === undefined ? undefined : samplesFromText(samples);
  let received = 0;
  return {
    accept({ samples: count, ...rest }) {
      if (count === undefined) return link.accept(rest);
      const at = rest.at ?? received;
      if (at <= received) received = Math.max(received, at + count);
      const piece = new Float32Array(count);
      if (sound) piece.set(sound.subarray(at, at + count));
      link.accept({ ...rest, samples: piece });
    },
  };
}
