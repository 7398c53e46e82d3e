import { relay } from '@/lib/relay';

// Your host says which of the addresses in this header is its own word: often the last one.
const clientAddress = (request: Request) => request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim();
const toRelay = (request: Request) => relay().fetch(request, { ip: clientAddress(request) });

export { toRelay as GET, toRelay as HEAD, toRelay as OPTIONS, toRelay as POST };
