interface Emulator {
    readonly url: string;
    readonly audixa: {
        readonly baseUrl: string;
        readonly wsUrl: string;
        readonly apiKey: string;
    };
    readonly scenarios: readonly Scenario[];
    readonly ledger: readonly LedgerEntry[];
    scenario(name: string): string;
    close(): Promise<void>;
}
interface EmulatorOptions {
    readonly port?: number;
    readonly host?: string;
    readonly voice?: (text: string) => Float32Array | Promise<Float32Array>;
    readonly rate?: number;
}
interface LedgerEntry {
    readonly vendor: 'audixa';
    readonly generationId: string;
    readonly text: string;
    readonly characters: number;
    readonly tokens: number;
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
    readonly description: string;
    readonly apiKey: string;
}
type StreamEnd = 'completed' | 'drop' | 'error' | 'stall' | 'client left' | `close ${number}`;
declare function startEmulator({ port, host, voice, rate, }?: EmulatorOptions): Promise<Emulator>;
declare function toneVoice(text: string): Float32Array;
export type {
    Emulator,
    EmulatorOptions,
    LedgerEntry,
    Scenario,
    StreamEnd
};
export {
    startEmulator,
    toneVoice
};
