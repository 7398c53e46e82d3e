import type { DiagnoseOptions } from './diagnose.ts';
import type { Finding } from './finding.ts';

/**
 * Lists what will break in this page, each with the exact fix: see docs/page-doctor.md. Loads `saystream.doctor.js` from
 * beside this script; rejects when that is not there.
 */
export async function diagnose(options?: DiagnoseOptions): Promise<Finding[]> {
  const url = new URL('./saystream.doctor.js', import.meta.url).href;
  const doctor = (await import(/* @vite-ignore */ url)) as typeof import('./diagnose.ts');
  return doctor.diagnose(options);
}
