// The package ships no types. Only what the demo uses, read from its embind glue.
declare module '@echogarden/espeak-ng-emscripten' {
  interface EspeakWorker {
    /** Chooses the voice by name, such as `en-us+f2`, or by language where the name is empty. 0 when there is one. */
    set_voice(name: string, language: string, gender: number, age: number, variant: number): number;
    /** Words per minute, 80–450; kept until it is set again. */
    set_rate(wordsPerMinute: number): void;
    /** 0–100, 50 at first; kept until it is set again. */
    set_pitch(pitch: number): void;
    readonly samplerate: number;
    /** Calls back with each part of the sound as it is made; a true answer stops it. */
    synthesize(text: string, onAudio: (samples: Int16Array, events: readonly unknown[]) => boolean): void;
  }
  interface EspeakModule {
    readonly eSpeakNGWorker: new () => EspeakWorker;
  }
  export default function loadEspeak(): Promise<EspeakModule>;
}
