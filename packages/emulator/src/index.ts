export type { EmulatorClock } from './clock.ts';
export type { LedgerEntry, StreamEnd } from './ledger.ts';
export type { Scenario } from './scenario-list.ts';
export { startEmulator, type Emulator, type EmulatorOptions } from './start-emulator.ts';
export { toneVoice } from './tone-voice.ts';
