import { TextSource, ClientOptions, SayOptions, SpeechStream, Voice, SpeechFile } from '@saystream/core';
interface AudixaClient {
    stream(request: AudixaRequest, options?: SayOptions): SpeechStream;
    voice(voiceId: string, options?: AudixaVoiceOptions): Voice;
    generate(request: AudixaJobRequest, options?: AudixaGenerateOptions): Promise<SpeechFile>;
    submit(request: AudixaJobRequest, options?: SayOptions): Promise<AudixaGeneration>;
    history(query?: AudixaHistoryQuery): AsyncIterable<AudixaGeneration>;
    voices(query?: AudixaVoicesQuery): AsyncIterable<AudixaVoiceInfo>;
    generation(generationId: string, options?: SayOptions): Promise<AudixaGeneration>;
}
interface AudixaGenerateOptions extends SayOptions {
    readonly onStatus?: (generation: AudixaGeneration) => void;
}
interface AudixaGeneration {
    readonly generationId: string;
    readonly status: AudixaStatus;
    readonly audioUrl?: string;
    readonly errorMessage?: string;
    readonly inputText?: string;
    readonly voiceId?: string;
    readonly model?: string;
    readonly tokens?: number;
    readonly createdAt?: string;
}
interface AudixaHistoryQuery {
    readonly status?: string;
    readonly pageSize?: number;
    readonly signal?: AbortSignal;
}
interface AudixaJobRequest extends AudixaRequest {
    readonly text: string;
}
type AudixaOptions = ClientOptions & {
    readonly slug?: string;
};
interface AudixaRequest {
    readonly text: TextSource;
    readonly voiceId: string;
    readonly model?: string;
    readonly speed?: number;
    readonly cfgWeight?: number;
    readonly exaggeration?: number;
    readonly languageCode?: string;
    readonly audioFormat?: 'wav' | 'mp3';
}
type AudixaStatus = 'IN_QUEUE' | 'GENERATING' | 'COMPLETED' | 'FAILED' | 'EXPIRED' | (string & {});
interface AudixaVoiceInfo {
    readonly voiceId: string;
    readonly name: string;
    readonly model?: string;
    readonly gender?: string;
    readonly accent?: string;
    readonly description?: string;
    readonly isCustom?: boolean;
}
type AudixaVoiceOptions = Omit<AudixaRequest, 'text' | 'voiceId'>;
interface AudixaVoicesQuery {
    readonly model?: string;
    readonly pageSize?: number;
    readonly signal?: AbortSignal;
}
declare function createAudixa(options: AudixaOptions): AudixaClient;
export type {
    AudixaClient,
    AudixaGenerateOptions,
    AudixaGeneration,
    AudixaHistoryQuery,
    AudixaJobRequest,
    AudixaOptions,
    AudixaRequest,
    AudixaStatus,
    AudixaVoiceInfo,
    AudixaVoiceOptions,
    AudixaVoicesQuery
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
    createAudixa
};
