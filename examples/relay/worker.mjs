// HTTP alone: a Worker has no node:http server whose sockets the relay could take over.
import { createRelay } from '@saystream/relay';

let relay;

export default {
  fetch(request, env) {
    relay ??= createRelay({
      vendors: {
        audixa: { apiKey: env.AUDIXA_API_KEY, baseUrl: env.AUDIXA_BASE_URL },
        sauti: { apiKey: env.SAUTI_API_KEY, baseUrl: env.SAUTI_BASE_URL },
      },
      origins: [env.PAGE_ORIGIN],
      secrets: [env.RELAY_SECRET], // every isolate must sign alike
      fileHosts: ['cdn.audixa.ai'], // a Worker cannot see which address a name stands for, so files come from here alone
      authorize: (request) => (request.headers.get('cookie')?.includes('session=amina') ? { user: 'amina' } : null),
    });
    return relay.fetch(request, { ip: request.headers.get('cf-connecting-ip') ?? undefined });
  },
};
