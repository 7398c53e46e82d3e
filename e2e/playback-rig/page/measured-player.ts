import type { SocketDelivery } from './socket-delivery.ts';

/** What the rig needs from a player. */
export interface MeasuredPlayer {
  /** Whether it asks for a context at 24,000 Hz. Default true; else it gets one as from a device of that rate. */
  readonly asksForRate?: boolean;
  /** Everything that may be done before there is anything to play. The warm context is there. */
  prepare(options: PlayerSetup): Promise<ReadyPlayer>;
}

/** What a run says to its player. */
export interface PlayerSetup {
  /** The player's own options. */
  readonly options: Record<string, unknown>;
  /** A vendor's address and key, for a player that plays a vendor's stream by itself. */
  readonly vendor?: { readonly baseUrl: string; readonly apiKey: string; readonly text: string };
}

/** A player that waits for its first frame. */
export interface ReadyPlayer {
  /** Subscribes to the delivery and plays it. */
  play(delivery: SocketDelivery | undefined): void;
  pause?(): void;
  resume?(): void;
  stop?(): void;
  /** From 0 to 1. */
  setVolume?(volume: number): void;
  setMuted?(muted: boolean): void;
  /** What it says of itself at the end. */
  report?(): Promise<object>;
  close?(): Promise<void> | void;
}
