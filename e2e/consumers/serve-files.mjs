// Static servers on loopback: the site of an app with its relay, and a stand-in for the content networks.
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** Listens on a free port of loopback. `close` ends every connection. */
async function listen(server) {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function sendFile(response, file, onMissing, edit = (text) => text) {
  if (!existsSync(file) || !statSync(file).isFile()) {
    onMissing();
    return response.writeHead(404).end();
  }
  response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
  if (extname(file) === '.html') return response.end(edit(readFileSync(file, 'utf8')));
  return createReadStream(file).pipe(response);
}

/**
 * Serves the built app, and answers `/speech` by a relay. `missing` lists the addresses that were asked for in vain: Playwright
 * does not see the requests of worklets.
 *
 * @param {string} folder what is served at `/`
 * @param {(html: string) => string} edit changes pages as they are sent
 * @param {(origin: string) => import('@saystream/relay').Relay} relayFor makes the relay once the origin is known
 */
export async function serveSite(folder, edit, relayFor, relayHandler) {
  const server = createServer();
  const { url, close } = await listen(server);
  const relay = relayFor(url);
  const toRelay = relayHandler(relay);
  const missing = [];
  server.on('upgrade', relay.upgrade);
  server.on('request', (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (pathname.startsWith('/speech/')) return toRelay(request, response);
    const path = normalize(pathname.endsWith('/') ? `${pathname}index.html` : pathname);
    return sendFile(response, join(folder, path), () => missing.push(pathname), edit);
  });
  const closeAll = async () => {
    await relay.close(500);
    await close();
  };
  return { url, missing, close: closeAll };
}

/**
 * Serves an installed package with the addresses of a content network: `NAME@RANGE/path` for each file, and `NAME@RANGE` for
 * the file that its manifest names. unpkg redirects both to the exact version; jsDelivr answers both where they are.
 * `missing` lists the addresses that were asked for in vain.
 *
 * @param {'unpkg' | 'jsdelivr'} network
 */
export async function serveCdn(network, packageFolder) {
  const manifest = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  const prefix = network === 'jsdelivr' ? '/npm/' : '/';
  const address = new RegExp(`^${prefix}${manifest.name}@([\\d.]+)(/.+)?$`);
  const missing = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const onMissing = () => missing.push(`${network} ${pathname}`);
    const [, version, path] = address.exec(pathname) ?? [];
    response.setHeader('access-control-allow-origin', '*');
    if (!version) {
      onMissing();
      return response.writeHead(404).end();
    }
    const main = join('/', manifest[network] ?? manifest.main ?? 'index.js');
    if (network === 'unpkg' && (version !== manifest.version || !path)) {
      const location = `${prefix}${manifest.name}@${manifest.version}${path ?? main}`;
      return response.writeHead(302, { location }).end();
    }
    return sendFile(response, join(packageFolder, normalize(path ?? main)), onMissing);
  });
  return { ...(await listen(server)), missing };
}
