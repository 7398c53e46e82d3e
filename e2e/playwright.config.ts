import { defineConfig } from '@playwright/test';

const executablePath = process.env['SAYSTREAM_CHROMIUM'];

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  // Rendering in real time and two cores: tests that share them disturb each other's clocks.
  workers: 1,
  timeout: 60_000,
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: 'test-results/report.json' }]],
  use: {
    browserName: 'chromium',
    launchOptions: { ...(executablePath && { executablePath }) },
  },
});
