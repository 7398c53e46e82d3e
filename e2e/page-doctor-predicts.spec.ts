import { readFileSync } from 'node:fs';

import type { Page } from '@playwright/test';
import type { DiagnoseOptions, Finding } from 'saystream/doctor';

import { expect, test } from './emulated-page.ts';
import type { TestRelays } from './serve-relays.ts';

/** What Vite made of the worker before it was constructed in the form that bundlers recognise. */
const workerFile = readFileSync(new URL('../packages/saystream/dist/socket-worker.js', import.meta.url), 'base64');

interface BrokenPage {
  readonly title: string;
  /** Its content-security policy. */
  readonly policy?: (site: string) => string;
  readonly options?: (site: string) => DiagnoseOptions;
  readonly relay?: (relays: TestRelays) => string;
  /** The check that finds it, its verdict, and words of it. */
  readonly finding: readonly [check: string, verdict: 'warning' | 'broken', words: string];
  /** What happens when the page then plays: the error's kind, or that it is heard, and whose thread holds the socket. */
  readonly played: string;
}

const scriptsOf = (site: string): string => `script-src ${site}/dist/saystream.global.js ${site}/dist/saystream.doctor.js`;

const brokenPages: readonly BrokenPage[] = [
  {
    title: 'a policy refuses the worklet',
    policy: (site) => `${scriptsOf(site)}; worker-src 'self'`,
    finding: ['worklet', 'broken', 'script-src'],
    played: 'playback-blocked',
  },
  {
    title: 'a policy refuses the worklet’s file and allows blobs',
    policy: (site) => `${scriptsOf(site)} blob:; worker-src 'self'`,
    finding: ['worklet', 'warning', 'a blob is used instead'],
    played: 'heard, socket in a worker',
  },
  {
    title: 'the worklet is missing, and a policy refuses blobs',
    policy: () => "script-src 'self'",
    options: (site) => ({ workletUrl: `${site}/nowhere/pcm-worklet.js` }),
    finding: ['worklet', 'broken', 'is not there'],
    played: 'playback-blocked',
  },
  {
    title: 'the worklet is missing, and blobs are allowed',
    options: (site) => ({ workletUrl: `${site}/nowhere/pcm-worklet.js` }),
    finding: ['worklet', 'warning', 'a blob is used instead'],
    played: 'heard, socket in a worker',
  },
  {
    title: 'the worker is a data: address, as Vite inlines small files',
    options: () => ({ workerUrl: `data:text/javascript;base64,${workerFile}` }),
    finding: ['worker', 'warning', 'has the origin null'],
    played: 'heard, socket in a worker',
  },
  {
    title: 'the worker is a data: address, and a policy refuses blobs',
    policy: () => "script-src 'self'; worker-src 'self' data:",
    options: () => ({ workerUrl: `data:text/javascript;base64,${workerFile}` }),
    finding: ['worker', 'warning', 'has the origin null'],
    played: 'heard, socket in the page',
  },
  {
    title: 'the worker is of another origin, as on a CDN',
    options: (site) => ({ workerUrl: `${site.replace('127.0.0.1', 'localhost')}/dist/socket-worker.js` }),
    finding: ['worker', 'warning', 'is of another origin: a blob is used instead'],
    played: 'heard, socket in a worker',
  },
  {
    title: 'a policy refuses workers',
    policy: () => "script-src 'self'; worker-src 'none'",
    finding: ['worker', 'warning', 'worker-src'],
    played: 'heard, socket in the page',
  },
  {
    title: 'the relay does not list the page’s origin',
    relay: (relays) => relays.open('', { origins: ['https://app.example'] }),
    finding: ['relay', 'broken', 'answers 403'],
    played: 'forbidden',
  },
  {
    title: 'the relay knows no user',
    relay: (relays) => relays.open('', { authorize: () => null }),
    finding: ['relay', 'broken', 'answers 401'],
    played: 'unauthorized',
  },
  {
    title: 'no relay is mounted at the path',
    relay: () => '/no-relay',
    finding: ['relay', 'broken', 'answers 404'],
    played: 'not-found',
  },
];

interface Library {
  diagnose(options: object): Promise<Finding[]>;
  createPlayer(options: object): { play(speech: unknown): { done: Promise<{ verdict: string; error?: { kind: string } }> } };
  createAudixa(options: object): { voice(id: string): { say(text: string): unknown } };
}

const examine = (page: Page, options: object): Promise<Finding[]> =>
  page.evaluate((given) => (globalThis as never as { saystream: Library }).saystream.diagnose(given), options);

async function play(page: Page, options: object): Promise<string> {
  const ending = await page.evaluate(async (given) => {
    const { createPlayer, createAudixa } = (globalThis as never as { saystream: Library }).saystream;
    const { verdict, error } = await createPlayer(given).play(createAudixa(given).voice('am_ethan').say('Hello.')).done;
    return verdict === 'completed' ? 'heard' : error?.kind;
  }, options);
  if (ending !== 'heard') return String(ending);
  return `heard, socket in ${page.workers().length > 0 ? 'a worker' : 'the page'}`;
}

for (const { title, policy, options, relay, finding, played } of brokenPages) {
  test(`the doctor names the fault, and playing proves it: ${title}`, async ({ page, site, relays }) => {
    await page.goto(`${site}/doctor.html?${new URLSearchParams({ policy: policy?.(site) ?? '' })}`);
    await page.click('#gesture');
    const given = { ...options?.(site), relay: relay?.(relays) ?? relays.open() };
    const findings = await examine(page, given);
    const [check, verdict, words] = finding;
    const first = findings.find((each) => each.verdict !== 'ok');
    expect(first).toMatchObject({ check, verdict, found: expect.stringContaining(words), fix: expect.stringMatching(/./) });
    expect(findings.every(({ found }) => found.length < 400)).toBe(true);
    // The doctor ends its own worker.
    await expect.poll(() => page.workers().length).toBe(0);
    expect(await play(page, given)).toBe(played);
    const isHeard = played.startsWith('heard');
    expect(findings.some((each) => each.verdict === 'broken')).toBe(!isHeard);
  });
}
