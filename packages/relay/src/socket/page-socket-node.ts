import { WebSocket } from './ws-node.ts';

/** With which `ws` answers frames it cannot read, before anybody is asked. */
const answersToMistakes: ReadonlySet<unknown> = new Set([1002, 1007, 1008, 1009]);

/**
 * A page's socket. `ws` closes one that breaks the rules by itself, with codes that say nothing about speech; here that waits
 * for the `error` event, which comes in the same turn, and whose listener closes with the relay's own code. Only then does
 * `ws` name no reason: the echo of a close frame, which ends the connection, has one, be it empty.
 */
export class PageSocket extends WebSocket {
  override close(code?: number, data?: string | Buffer): void {
    if (data !== undefined || !answersToMistakes.has(code)) super.close(code, data);
  }

  /** As the vendor closed: its code may be one of those. */
  closeAs(code: number | undefined, reason: string): void {
    if (code === undefined) super.close();
    else super.close(code, reason);
  }
}
