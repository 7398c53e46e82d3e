import { playerError } from '../player-error.ts';
import type { RecordingTaken } from './recording-log.ts';
import { recorderName } from './recording-log.ts';

const answerLimitMs = 2000;

/** What was recorded on `context` last; undefined when nothing was, or when its audio thread gives no answer. */
export async function takeRecording(context: BaseAudioContext, samples: boolean): Promise<RecordingTaken | undefined> {
  const port = askRecorder(context, samples);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const taken = await new Promise<RecordingTaken | undefined>((resolve) => {
    port.onmessage = ({ data }: MessageEvent<RecordingTaken | undefined>) => resolve(data);
    timer = setTimeout(() => resolve(undefined), answerLimitMs);
  });
  clearTimeout(timer);
  port.close();
  return taken;
}

function askRecorder(context: BaseAudioContext, samples: boolean): MessagePort {
  try {
    const options = { numberOfInputs: 0, outputChannelCount: [1], processorOptions: { samples } };
    return new AudioWorkletNode(context, recorderName, options).port;
  } catch (cause) {
    throw playerError(
      'playback-blocked',
      'This playback was not recorded: the recording worklet is not where it was looked for.',
      'Serve recording-worklet.js and pass its address as workletUrl.',
      cause,
    );
  }
}
