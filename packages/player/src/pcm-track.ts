import type { PcmRequest, PcmSettings } from './pcm-messages.ts';
import { processorName } from './pcm-messages.ts';

/** A node that playbacks share which follow one another without a gap. */
interface SharedNode {
  readonly node: AudioWorkletNode;
  tracks: number;
}

/** One playback's place on a node. */
export interface PcmTrack {
  readonly port: MessagePort;
  readonly shared: SharedNode;
}

const post = (port: MessagePort, request: PcmRequest, transfer: Transferable[] = []): void =>
  port.postMessage([request], transfer);

/** After `before` on its node, if that is there still; else on a node of its own, which sounds through `gain`. */
export function openTrack(gain: GainNode, processorOptions: PcmSettings, before: PcmTrack | undefined): PcmTrack {
  const { context } = gain;
  const shared = before?.shared;
  if (shared?.tracks && shared.node.context === context) {
    shared.tracks++;
    const { port1, port2 } = new MessageChannel();
    post(shared.node.port, { next: processorOptions, port: port2 }, [port2]);
    return { port: port1, shared };
  }
  const node = new AudioWorkletNode(context, processorName, { numberOfInputs: 0, outputChannelCount: [1], processorOptions });
  // Before it has samples: a node that has them already renders its first block into nothing.
  node.connect(gain);
  return { port: node.port, shared: { node, tracks: 1 } };
}

/** Lets it go, and with the last of its tracks the node. */
export function closeTrack({ port, shared }: PcmTrack): void {
  const { node } = shared;
  if (port !== node.port) port.close(); // an open port keeps the processor alive on the other side
  if (--shared.tracks > 0) return;
  post(node.port, { over: true });
  node.port.close();
  node.disconnect();
}
