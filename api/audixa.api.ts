import { SayOptions, SpeechStream, Voice, ClientOptions } from '@saystream/core';
interface AudixaClient {
    stream(request: AudixaRequest, options?: SayOptions): SpeechStream;
    voice(voiceId: string, options?: AudixaVoiceOptions): Voice;
    voices(query?: AudixaVoicesQuery): AsyncIterable<AudixaVoiceInfo>;
    generation(generationId: string, options?: SayOptions): Promise<AudixaGeneration>;
}
interface AudixaGeneration {
    readonly generationId: string;
    readonly status: string;
    readonly audioUrl?: string;
    readonly errorMessage?: string;
}
type AudixaOptions = ClientOptions;
interface AudixaRequest {
    readonly text: string | AsyncIterable<string>;
    readonly voiceId: string;
    readonly model?: string;
    readonly speed?: number;
    readonly cfgWeight?: number;
    readonly exaggeration?: number;
    readonly languageCode?: string;
    readonly audioFormat?: 'wav' | 'mp3';
}
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
    AudixaGeneration,
    AudixaOptions,
    AudixaRequest,
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
    SpeechOutcome,
    SpeechStream,
    SpeechVerdict,
    Timeouts,
    Voice,
    VoiceLimits
} from '@saystream/core';
export {
    createAudixa
};
