interface Emulator {
    readonly url: string;
    readonly audixa: {
        readonly baseUrl: string;
        readonly wsUrl: string;
        readonly apiKey: string;
    };
    readonly sauti: {
        readonly baseUrl: string;
        readonly apiKey: string;
    };
    readonly moknah: {
        readonly baseUrl: string;
        readonly apiKey: string;
    };
    readonly clock: EmulatorClock;
    readonly scenarios: readonly Scenario[];
    readonly ledger: readonly LedgerEntry[];
    scenario(name: string): string;
    close(): Promise<void>;
}
interface EmulatorClock {
    now(): number;
    advance(byMs: number): void;
}
interface EmulatorOptions {
    readonly port?: number;
    readonly host?: string;
    readonly voice?: VoiceFunction;
    readonly rate?: number;
}
interface LedgerEntry {
    readonly vendor: 'audixa' | 'sauti' | 'moknah';
    readonly generationId: string;
    readonly text: string;
    readonly characters: number;
    readonly tokens: number;
    readonly credits?: number;
    readonly voiceId: string;
    readonly model: string;
    readonly transport: 'http' | 'socket';
    readonly acceptedAtMs: number;
    samples: number;
    firstFrameAtMs?: number;
    lastFrameAtMs?: number;
    ended?: StreamEnd;
}
interface Scenario {
    readonly name: string;
    readonly group: string;
    readonly description: string;
    readonly apiKey: string;
}
interface SpeakingStyle {
    readonly vendor: 'audixa' | 'sauti' | 'moknah';
    readonly voiceId: string;
    readonly speed: number;
}
type StreamEnd = 'completed' | 'drop' | 'error' | 'stall' | 'client left' | `close ${number}`;
type VoiceFunction = (text: string, style: SpeakingStyle) => Float32Array | Promise<Float32Array>;
declare function startEmulator({ port, host, voice, rate, }?: EmulatorOptions): Promise<Emulator>;
declare const toneVoice: (text: string, { speed }?: {
    readonly speed: number;
}) => Float32Array;
export type {
    Emulator,
    EmulatorClock,
    EmulatorOptions,
    LedgerEntry,
    Scenario,
    SpeakingStyle,
    StreamEnd,
    VoiceFunction
};
export {
    startEmulator,
    toneVoice
};
