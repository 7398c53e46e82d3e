// What a page without a bundler gets: everything; the element comes from a file beside this one when the page has one.
import { defineOnSight } from './element/load-say-stream.ts';

export { defineSayStream } from './element/load-say-stream.ts';
export * from './index.ts';
export { diagnose } from './page-doctor/load-page-doctor.ts';

defineOnSight();
