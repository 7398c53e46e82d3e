import { createAudixa, type AudixaClient } from '@saystream/audixa';

const { env } = process;
let client: AudixaClient | undefined;

/** Made at its first use: `next build` imports this file and has no key. */
export const audixa = () => (client ??= createAudixa({ apiKey: env.AUDIXA_API_KEY ?? '', baseUrl: env.AUDIXA_BASE_URL }));
