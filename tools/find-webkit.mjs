// Finds a WebKit that tests can drive, and says what it does. It installs nothing: Playwright's own WebKit and Safari need
// other ways, and the tests pass without.
// Order: SAYSTREAM_WEBKIT, WebKitGTK (with a display or Xvfb), WPE (which needs none).
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const variable = 'SAYSTREAM_WEBKIT';

const isExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
};

const installed = (name) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutable);

/** @returns {string | undefined} the path of a WebDriver, `WebKitWebDriver` or `WPEWebDriver`; undefined when there is none. */
export function findWebKit({ log = console.log } = {}) {
  const asked = process.env[variable];
  if (asked !== undefined) {
    if (asked && !isExecutable(asked)) throw new Error(`${variable}=${asked} is not an executable file.`);
    log(`browser: ${asked || 'no WebKit'} (from ${variable})`);
    return asked || undefined;
  }
  const gtk = (process.env.DISPLAY || installed('Xvfb')) && installed('WebKitWebDriver');
  const path = gtk || (installed('cog') && installed('WPEWebDriver'));
  if (path) log(`browser: ${path} (already installed; unit tests only)`);
  return path;
}
