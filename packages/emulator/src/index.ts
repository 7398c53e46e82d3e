export type { LedgerEntry } from './ledger.ts';
export { startEmulator, type Emulator, type EmulatorOptions } from './start-emulator.ts';
export { toneVoice } from './tone-voice.ts';
