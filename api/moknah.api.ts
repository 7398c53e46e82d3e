import { ClientOptions, TextSource, SpeechFile, SayOptions, SpeechStream, Voice } from '@saystream/core';
interface MoknahClient {
    stream(request: MoknahRequest, options?: SayOptions): SpeechStream;
    voice(voiceId: number | string, options?: MoknahVoiceOptions): Voice;
    generate(request: MoknahFileRequest, options?: SayOptions): Promise<MoknahFile>;
    voices(query?: MoknahVoicesQuery): AsyncIterable<MoknahVoiceInfo>;
}
interface MoknahCredits {
    readonly remaining?: number;
    readonly used?: number;
}
interface MoknahFile extends SpeechFile {
    readonly credits: MoknahCredits;
}
interface MoknahFileRequest extends MoknahRequest {
    readonly text: string;
}
type MoknahOptions = ClientOptions;
type MoknahOutputFormat = `mp3_${'22050_32' | '24000_48' | '44100_32' | '44100_64' | '44100_96' | '44100_128' | '44100_192'}` | `pcm_${8000 | 16000 | 22050 | 24000 | 32000 | 44100 | 48000}` | `opus_48000_${32 | 64 | 96 | 128 | 192}`;
interface MoknahRequest extends MoknahVoiceSettings {
    readonly text: TextSource;
    readonly voiceId: number | string;
    readonly outputFormat?: MoknahOutputFormat;
    readonly prerecording?: number;
    readonly voiceSettings?: MoknahVoiceSettings;
}
interface MoknahVoiceInfo {
    readonly voiceId: number;
    readonly name: string;
    readonly sampleUrl?: string;
}
type MoknahVoiceOptions = Omit<MoknahRequest, 'text' | 'voiceId'>;
interface MoknahVoiceSettings {
    readonly speed?: number;
    readonly temperature?: number;
    readonly voiceSimilarity?: number;
    readonly enableEmotions?: boolean;
}
interface MoknahVoicesQuery {
    readonly language?: string;
    readonly signal?: AbortSignal;
}
declare function createMoknah(options: MoknahOptions): MoknahClient;
export type {
    MoknahClient,
    MoknahCredits,
    MoknahFile,
    MoknahFileRequest,
    MoknahOptions,
    MoknahOutputFormat,
    MoknahRequest,
    MoknahVoiceInfo,
    MoknahVoiceOptions,
    MoknahVoiceSettings,
    MoknahVoicesQuery
};
export {
    ClientEvent,
    ClientOptions,
    PcmFormat,
    RetryOptions,
    SayOptions,
    SpeechFile,
    SpeechOutcome,
    SpeechStream,
    SpeechVerdict,
    SpokenPiece,
    SpokenText,
    SpokenTextOutcome,
    Timeouts,
    Voice,
    VoiceLimits,
    VoiceSayOptions
} from '@saystream/core';
export {
    createMoknah
};
