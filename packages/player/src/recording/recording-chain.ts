import type { PcmLink } from '../pcm-chain.ts';
import { PcmChain } from '../pcm-chain.ts';
import type { PcmSettings, PcmStatus } from '../pcm-messages.ts';
import type { ChooseJump } from '../time-stretch.ts';
import { RecordingLog } from './recording-log.ts';

/** A chain that writes down what it gets and what comes of it. It is what records, and what replays. */
export class RecordingChain extends PcmChain {
  readonly log = new RecordingLog();

  override open(
    settings: PcmSettings,
    report: (status: PcmStatus) => void = () => {},
    choose: ChooseJump = (found) => found,
  ): PcmLink {
    const { log } = this;
    const source = log.source(settings);
    const onStatus = (status: PcmStatus): void => {
      log.status(source, status);
      report(status);
    };
    const onJump: ChooseJump = (found, most) => {
      const by = choose(found, most);
      log.jump(source, by);
      return by;
    };
    const link = super.open(settings, onStatus, onJump);
    return {
      accept(request) {
        log.request(source, request);
        link.accept(request);
      },
    };
  }

  override render(block: Float32Array, currentFrame: number): void {
    this.log.block(block.length, currentFrame);
    super.render(block, currentFrame);
  }
}
