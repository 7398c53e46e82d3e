// Builds one app, serves it and plays it.
import { join } from 'node:path';

import { installApp, runCommand, searchBundle, versionOf } from './build-app.mjs';
import { playPage } from './play-page.mjs';
import { chooseAddresses, startServers } from './run-servers.mjs';
import { serveCdn, serveSite } from './serve-files.mjs';

const answerLimitMs = 20_000;

/** Serves the files of an app whose output is static. Addresses of content networks lead to stand-ins. */
async function serveStatic(app, folder, { relayFor, relayHandler }) {
  const installed = join(folder, 'node_modules/saystream');
  const networks = [await serveCdn('jsdelivr', installed), await serveCdn('unpkg', installed)];
  const [jsdelivr, unpkg] = networks;
  const edit = (html) =>
    html
      .replace(...(app.from ?? ['', '']))
      .replaceAll('https://cdn.jsdelivr.net', jsdelivr.url)
      .replaceAll('https://unpkg.com', unpkg.url);
  const site = await serveSite(join(folder, app.output), edit, relayFor, relayHandler);
  const servers = [site, ...networks];
  return {
    url: site.url,
    missing: () => servers.flatMap((server) => server.missing).filter((path) => !app.missing?.test(path)),
    close: () => Promise.all(servers.map((server) => server.close())),
  };
}

/** Reads what arrives of a body within the limit, as Latin-1: an answer that never ends is shown as far as it came. */
async function bodyOf(response) {
  let text = '';
  try {
    for await (const piece of response.body) text += Buffer.from(piece).toString('latin1');
  } catch (error) {
    text += ` [${error.message}]`;
  }
  return text;
}

/** Asks the app's own server. @returns {Promise<string[]>} what is wrong */
async function askServer(app, url) {
  const problems = [];
  for (const { method, path, type, contains } of app.asks ?? []) {
    const response = await fetch(new URL(path, url), { method, signal: AbortSignal.timeout(answerLimitMs) });
    const body = await bodyOf(response);
    const isRight = response.ok && response.headers.get('content-type')?.startsWith(type) && contains.test(body);
    if (!isRight)
      problems.push(
        `${method} ${path} answered ${response.status} ${response.headers.get('content-type')}: ${body.slice(0, 300)}`,
      );
  }
  return problems;
}

/** Runs an app without a page. @returns {Promise<string[]>} what is wrong */
async function runScript({ script, prints = /./ }, folder, { audixa }) {
  const env = { AUDIXA_API_KEY: audixa.apiKey, AUDIXA_BASE_URL: audixa.baseUrl };
  const printed = await runCommand('npm', ['run', script], folder, env);
  return prints.test(printed) ? [] : [`npm run ${script} printed: ${printed.slice(-2_000)}`];
}

/**
 * Installs, builds, serves and plays an app.
 *
 * @returns {Promise<{ problems: string[], version: string, firstSoundMs?: number, worker?: string, worklet?: string }>}
 */
export async function checkApp(app, { temporary, tarballs, browser, emulator, ...relays }) {
  const folder = await installApp(app, temporary, tarballs);
  const version = versionOf(folder, app.tool);
  if (app.script) return { problems: await runScript(app, folder, emulator), version };
  const addresses = app.server && (await chooseAddresses());
  if (app.build) await runCommand('npm', ['run', app.build], folder, addresses && { STREAM_RELAY: addresses.relay });
  const problems = app.build ? searchBundle(join(folder, app.output), app.anyVendor) : [];
  const served = addresses
    ? { ...(await startServers(app, folder, emulator, addresses)), url: addresses.page }
    : await serveStatic(app, folder, relays);
  try {
    problems.push(...(await askServer(app, served.url)));
    let played;
    for (const play of app.plays ?? [{ press: 'button' }]) {
      played = await playPage({ browser, url: served.url, emulator, app: { ...app, ...play } });
      problems.push(...played.problems.map((problem) => `${play.press}: ${problem}`));
    }
    problems.push(...(served.missing?.() ?? []).map((path) => `The server has no ${path}.`));
    if (problems.length > 0 && served.printed) problems.push(served.printed().slice(-3_000));
    return { ...played, problems, version };
  } finally {
    await served.close();
  }
}
