import { existsSync } from 'node:fs';

import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

import { inlineWorklet } from './tools/inline-worklet.mjs';
import { webkit } from './tools/webkit-provider.ts';

// One test file, every engine: `x.test.ts` runs in Node and in each browser found,
// `x.node.test.ts` in Node only, `x.redis.node.test.ts` only where there is a Redis, `x.browser.test.ts` in browsers only.
const include = ['packages/*/src/**/*.test.ts', 'tests/**/*.test.ts'];
const globalSetup = ['tests/emulator-setup.ts'];
const conditions = ['@saystream/source'];
// For busy machines; what a test promises about time is in the test.
const testTimeout = 60_000;

/** One engine after the other: two that render sound at once on a small machine disturb each other's clocks. */
const turn = { node: 0, chromium: 1, firefox: 2, webkit: 3 };

// Node's side of vitest, global setups included, resolves by these environments.
const nodeResolve = { resolve: { conditions: [...conditions, 'node'] } };
const environments = { ssr: nodeResolve, __vitest__: nodeResolve };

const chromium = process.env['SAYSTREAM_CHROMIUM'];
/** `tools/find-redis.mjs` finds it. */
const redisServer = process.env['SAYSTREAM_REDIS_SERVER'];
const firefox = process.env['SAYSTREAM_FIREFOX'];
/** A WebDriver of WebKit; `tools/find-webkit.mjs` finds it. */
const webkitDriver = process.env['SAYSTREAM_WEBKIT'];

/** The address of a PulseAudio server whose output is a null sink; `tools/test-sound.mjs` starts one. */
const nullSink = process.env['SAYSTREAM_NULL_SINK'];

/** Of engines that play no sound without a sound card. */
const soundTests = [
  'packages/player/src/*.browser.test.ts',
  'packages/player/src/source/**/*.browser.test.ts',
  'packages/saystream/src/**/*-worker.browser.test.ts',
];

const browser = (
  name: 'chromium' | 'firefox' | 'webkit',
  browserOptions: object,
  exclude: string[] = [],
  included = include,
) => ({
  resolve: { conditions: [...conditions, 'module', 'browser', 'development'] },
  environments,
  plugins: [inlineWorklet()],
  // Bundling it on first sight would reload the page in the middle of a test.
  optimizeDeps: { exclude: ['ky'], include: ['fast-check'] },
  test: {
    name,
    include: included,
    exclude: ['**/*.node.test.ts', ...exclude],
    globalSetup,
    testTimeout,
    sequence: { groupOrder: turn[name] },
    browser: { enabled: true, headless: true, ui: false, screenshotFailures: false, ...browserOptions },
  },
});

export default defineConfig({
  test: {
    projects: [
      {
        environments,
        plugins: [inlineWorklet()],
        test: {
          name: 'node',
          include: [...include, 'tools/**/*.node.test.ts'],
          exclude: ['**/*.browser.test.ts', ...(redisServer ? [] : ['**/*.redis.node.test.ts'])],
          globalSetup,
          testTimeout,
          // They wait for sockets and clocks most of their time: the default, one worker on two processors, would too.
          maxWorkers: 2,
          sequence: { groupOrder: turn.node },
        },
      },
      ...(chromium && existsSync(chromium)
        ? [
            browser('chromium', {
              provider: playwright({
                launchOptions: { executablePath: chromium, args: ['--autoplay-policy=no-user-gesture-required'] },
              }),
              instances: [{ browser: 'chromium' }],
            }),
          ]
        : []),
      ...(firefox && existsSync(firefox)
        ? [
            browser(
              'firefox',
              {
                provider: playwright({
                  launchOptions: {
                    executablePath: firefox,
                    // Stock Firefox speaks WebDriver BiDi, which Playwright drives through this channel.
                    ...{ channel: 'moz-firefox' },
                    firefoxUserPrefs: { 'media.autoplay.default': 0, 'media.autoplay.blocking_policy': 0 },
                  },
                }),
                instances: [{ browser: 'firefox' }],
              },
              // Without an output, Firefox's AudioContext never starts. Chromium's does.
              nullSink ? [] : soundTests,
              nullSink ? soundTests : include,
            ),
          ]
        : []),
      ...(webkitDriver && existsSync(webkitDriver)
        ? [
            browser(
              'webkit',
              { headless: false, provider: webkit(webkitDriver), instances: [{ browser: 'webkit' }] },
              // WebKitGTK's renderer of sound drops frames, and crashes, without a sound card; so does its AudioDecoder.
              [...soundTests, 'packages/player/src/decode/**/*.browser.test.ts'],
            ),
          ]
        : []),
    ],
  },
});
