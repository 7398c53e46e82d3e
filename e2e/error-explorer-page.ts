import type { Locator, Page } from '@playwright/test';

import { expect } from './built-demo.ts';

/** Opens the page and collects what may never be there: complaints, and requests after it has loaded. */
export async function open(page: Page, demo: string, hash = ''): Promise<{ complaints: string[]; requests: string[] }> {
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => /error|warning/.test(message.type()) && complaints.push(message.text()));
  page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
  await page.goto(`${demo}errors${hash}`);
  await expect(page.locator('#listed optgroup').first()).toBeAttached();
  // The browser asks for the page's icon when it has time, which may be after the page has loaded.
  page.on('request', (request) => request.url().endsWith('/icon.svg') || requests.push(request.url()));
  return { complaints, requests };
}

export const choose = (page: Page, vendor: string): Promise<void> =>
  page.getByRole('radio', { name: vendor, exact: true }).check();
export const headline = (page: Page): Locator => page.locator('#headline');
export const fact = (page: Page, member: string): Locator =>
  page.locator('#facts > div', { has: page.locator(`dt code:text-is("${member}")`) }).locator('dd');

/** Pastes as a person does, through the clipboard. */
export async function paste(page: Page, field: string, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.locator(field).focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+V');
}
