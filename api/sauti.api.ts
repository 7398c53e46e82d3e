import { ClientOptions, TextSource, SayOptions, SpeechStream, Voice, SpeechFile } from '@saystream/core';
interface SautiClient {
    stream(request: SautiRequest, options?: SayOptions): SpeechStream;
    voice(voiceId: string, options?: SautiVoiceOptions): Voice;
    generate(request: SautiFileRequest, options?: SautiGenerateOptions): Promise<SpeechFile>;
    submitJob(request: SautiFileRequest, options?: SayOptions): Promise<SautiJob>;
    job(jobId: string, options?: SayOptions): Promise<SautiJob>;
    jobAudio(jobId: string, options?: SayOptions): Promise<SpeechFile>;
    voices(query?: SautiVoicesQuery): AsyncIterable<SautiVoiceInfo>;
    voiceInfo(voiceId: string, options?: SayOptions): Promise<SautiVoiceInfo>;
}
interface SautiFileRequest extends SautiRequest {
    readonly text: string;
}
interface SautiGenerateOptions extends SayOptions {
    readonly onStatus?: (job: SautiJob) => void;
}
interface SautiJob {
    readonly jobId: string;
    readonly status: SautiStatus;
    readonly createdAt?: string;
    readonly completedAt?: string;
    readonly errorMessage?: string;
}
type SautiOptions = ClientOptions;
interface SautiRequest extends SautiVoiceSettings {
    readonly text: TextSource;
    readonly voiceId: string;
    readonly voiceSettings?: SautiVoiceSettings;
}
type SautiStatus = 'queued' | 'running' | 'succeeded' | 'failed' | (string & {});
interface SautiVoiceInfo {
    readonly voiceId: string;
    readonly name: string;
    readonly languageCode?: string;
    readonly locale?: string;
    readonly gender?: string;
    readonly description?: string;
    readonly status?: string;
}
type SautiVoiceOptions = Omit<SautiRequest, 'text' | 'voiceId'>;
interface SautiVoiceSettings {
    readonly speakingRate?: number;
    readonly noiseScale?: number;
    readonly noiseScaleDuration?: number;
}
interface SautiVoicesQuery {
    readonly language?: string;
    readonly signal?: AbortSignal;
}
declare function createSauti(options: SautiOptions): SautiClient;
export type {
    SautiClient,
    SautiFileRequest,
    SautiGenerateOptions,
    SautiJob,
    SautiOptions,
    SautiRequest,
    SautiStatus,
    SautiVoiceInfo,
    SautiVoiceOptions,
    SautiVoiceSettings,
    SautiVoicesQuery
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
    createSauti
};
