export type { EmulatorClock } from './clock.ts';
export type { LedgerEntry, StreamEnd } from './ledger.ts';
export type { Scenario } from './scenario-list.ts';
export type { SpeakingStyle, VoiceFunction } from './speech-cache.ts';
export { startEmulator, type Emulator, type EmulatorOptions } from './start-emulator.ts';
export { toneVoice } from './tone-voice.ts';
