import { startEmulator } from '@saystream/emulator';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the emulator listens, for tests in Node and in browsers alike. */
    emulator: { url: string; baseUrl: string; wsUrl: string; apiKey: string };
  }
}

/** Starts one emulator for the whole project; each test picks its scenario by the API key it uses. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const emulator = await startEmulator({ port: 0, rate: 20 });
  project.provide('emulator', { url: emulator.url, ...emulator.audixa });
  return () => emulator.close();
}
