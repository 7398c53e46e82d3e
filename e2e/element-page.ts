import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import type { Locator, Page } from '@playwright/test';
import type { SayStreamElement } from 'saystream/element';

import { expect } from './emulated-page.ts';
import type { TestRelays } from './serve-relays.ts';

/** An element of the test page, with every state it has told. */
export type SpokenElement = SayStreamElement & { readonly states: readonly string[] };

export const arabic =
  'تغادر العبّارة في السابعة صباحًا. تعبر المضيق في أربعين دقيقة، والبحر هادئ في هذه الساعة. من يجلس على اليسار يرى المنارة.';

interface Opening {
  readonly scenario?: string;
  readonly scheme?: 'light' | 'dark';
  readonly text?: string;
  readonly lang?: string;
  readonly dir?: string;
}

/** Opens the element's page under the strict policy, and collects every complaint of the browser. */
export async function openElements(page: Page, site: string, relays: TestRelays, how: Opening = {}): Promise<string[]> {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => /error|warning/.test(message.type()) && complaints.push(message.text()));
  const { scenario, ...rest } = how;
  await page.goto(`${site}/strict/element.html?${new URLSearchParams({ relay: relays.open(scenario), ...rest })}`);
  // The script tag's file loads the element from beside itself.
  await page.evaluate(() => customElements.whenDefined('say-stream').then(() => undefined));
  return complaints;
}

export const first = (page: Page): Locator => page.locator('#first');
export const button = (page: Page): Locator => first(page).getByRole('button');
export const caption = (page: Page): Locator => first(page).locator('[part=caption]');
export const status = (page: Page): Locator => first(page).getByRole('status');

export const stateOf = (element: Locator): Promise<string> => element.evaluate((it: SpokenElement) => it.state);

export async function expectState(element: Locator, state: string): Promise<void> {
  await expect.poll(() => stateOf(element), { timeout: 20_000 }).toBe(state);
}

const require = createRequire(import.meta.url);
interface Axe {
  run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[]; passes: unknown[] }>;
}

/** What axe finds wrong in the page as it is, best practices included. */
export async function axeFinds(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    await page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
  }
  const { violations, passes } = await page.evaluate(() => (globalThis as never as { axe: Axe }).axe.run());
  expect(passes.length).toBeGreaterThan(10);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}
