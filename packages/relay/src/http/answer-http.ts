import type { Grant } from '../access/access.ts';
import type { Refusal, RelayContext } from '../relay-context.ts';
import { isRefusal } from '../relay-context.ts';
import type { RelayVendor } from '../relay-options.ts';
import { admit, type Leaving } from './admit.ts';
import { answerFile } from './answer-file.ts';
import { storeDown, StoreDownError } from './ask-store.ts';
import { diagnose } from './diagnose.ts';
import { refuse } from './fields/refuse.ts';
import { answerFree, type Asked } from './free-calls.ts';
import { answerHistory } from './history.ts';
import { matchRoute, type Match } from './match-route.ts';
import { forPage, preflight } from './page-headers.ts';
import { answerPaid, answerQueue } from './paid-request.ts';
import { problem } from './problem.ts';
import type { Operation } from './routes.ts';

const relayFault = refuse(500, 'relay_fault', 'The relay failed.');
const noSuchRoute = refuse(404, 'no_such_route', 'There is nothing at this path.');
/** No `Upgrade` header in the answer, though RFC 9110 asks for one: a server that speaks HTTP/2 refuses to send it. */
const noUpgrade = refuse(
  426,
  'no_upgrade',
  'This path takes a WebSocket, and the request arrived without an upgrade. Either the server does not pass its upgrade event to relay.upgrade, or a proxy in front of it drops the Upgrade and Connection headers (nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade").',
);
const draining = refuse(503, 'draining', 'The relay is closing.', { retryAfterMs: 1_000 });

const bearerOf = ({ headers }: Request): string | undefined => /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];

/** HEAD is asked like GET; its body is left out at the end. */
const methodOf = ({ method }: Request): string => (method === 'HEAD' ? 'GET' : method);

interface Asker {
  readonly request: Request;
  readonly context: RelayContext;
  readonly ip: string;
  readonly origin: string;
  /** Facts for the operator, as they become known. */
  readonly facts: { user?: string; vendor?: RelayVendor };
}

/** The app's part is done: origin and route are known. */
async function perform(asker: Asker, operation: Operation, match: Match): Promise<Response | Refusal> {
  const { request, context, ip, origin } = asker;
  if (operation.does === 'mint') return (await context.meter.countConnect(ip)) ?? context.access.mint(request, origin, ip);
  if (operation.does === 'file') return answerFile(request, context, { sealed: match.pieces['sealed'] ?? '', ip });
  const vendor = 'vendor' in operation ? operation.vendor : undefined;
  if (vendor && !context.upstreams[vendor]) return noSuchRoute;
  if (operation.does === 'upgrade') return noUpgrade;
  const grant = await context.access.redeem(bearerOf(request), { transport: 'http', origin, ...(vendor && { vendor }) });
  if (isRefusal(grant)) return grant;
  Object.assign(asker.facts, { user: grant.user, vendor: grant.vendor });
  return admit({ context, request, grant, ip }, (leaving) => performFor(grant, asker, { operation, match, leaving }));
}

function performFor(
  grant: Grant,
  { request, context, ip }: Asker,
  { operation, match, leaving }: { readonly operation: Operation; readonly match: Match; readonly leaving: Leaving },
): Promise<Response | Refusal> {
  const upstream = context.upstreams[grant.vendor];
  if (!upstream) return Promise.resolve(noSuchRoute);
  const asked: Asked = { request, url: new URL(request.url), context, match, upstream, grant, ip, leaving };
  switch (operation.does) {
    case 'read':
      return answerFree(asked, operation);
    case 'pay':
      return answerPaid(asked, operation, ip);
    case 'history':
      return answerHistory(asked);
    case 'queue':
      return answerQueue(asked);
    case 'diagnose':
      return diagnose(context, grant, ip);
    default:
      return Promise.resolve(noSuchRoute);
  }
}

/** Origin, then route and method, then what the route needs. */
async function answer(asker: Asker): Promise<Response | Refusal> {
  const { request, context } = asker;
  if (request.method === 'OPTIONS') return preflight(request);
  const match = matchRoute(new URL(request.url).pathname);
  if (!match) return noSuchRoute;
  const { methods } = match.route;
  const operation = methods[methodOf(request) as 'GET' | 'POST'];
  if (!operation) {
    const allow = [...(methods.GET ? ['GET', 'HEAD'] : []), ...(methods.POST ? ['POST'] : []), 'OPTIONS'].join(', ');
    return problem(refuse(405, 'wrong_method', `This path takes ${allow}.`), { allow });
  }
  return context.draining.aborted ? draining : perform(asker, operation, match);
}

/** The origin that may speak. An `<audio>` element names none; the sealed name of its file is the permission. */
function originOf(request: Request, { access }: RelayContext): string | Refusal {
  const { headers, method } = request;
  const isFile = matchRoute(new URL(request.url).pathname)?.route.path === 'files/:sealed';
  if (isFile && !headers.has('origin') && /^(GET|HEAD)$/.test(method)) return '';
  return access.checkOrigin(headers, method);
}

/** Answers one request. Never rejects. @param ip the client's address, for limits */
export async function answerHttp(request: Request, context: RelayContext, ip: string): Promise<Response> {
  const startedMs = performance.now();
  const facts: Asker['facts'] = {};
  let origin: string | Refusal = '';
  let result: Response | Refusal;
  try {
    origin = originOf(request, context);
    result = isRefusal(origin) ? origin : await answer({ request, context, ip, origin, facts });
  } catch (error) {
    result = error instanceof StoreDownError ? storeDown : relayFault;
  }
  const isOurs = !(result instanceof Response);
  const response = result instanceof Response ? result : problem(result);
  context.emit({
    type: isOurs ? ((result as Refusal).status === 500 ? 'fault' : 'refused') : 'request',
    code: isOurs ? (result as Refusal).code : response.status,
    ...facts,
    ...(isOurs && (result as Refusal).origin !== undefined && { origin: (result as Refusal).origin! }),
    durationMs: performance.now() - startedMs,
  });
  return forPage(response, isRefusal(origin) ? '' : origin, request.method);
}
