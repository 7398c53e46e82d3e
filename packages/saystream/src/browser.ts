// What a page without a bundler gets: everything, with the element registered.
import './element.ts';

export * from './index.ts';
export { diagnose } from './page-doctor/load-page-doctor.ts';
