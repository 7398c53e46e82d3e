// HTTP alone: a route handler of Next.js cannot take a socket over. For streams run `saystream-relay` beside it.
import { relay } from '../../../../relay.mjs';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

// Your host says which of the addresses in this header is its own word: often the last one.
const clientAddress = (request) => request.headers.get('x-forwarded-for')?.split(',').at(-1).trim();
const toRelay = (request) => relay.fetch(request, { ip: clientAddress(request) });

export { toRelay as GET, toRelay as HEAD, toRelay as OPTIONS, toRelay as POST };
