// What a page without a bundler gets: everything, with the element registered.
import { defineSayStream } from './element/define-say-stream.ts';

export * from './index.ts';
export { diagnose } from './page-doctor/load-page-doctor.ts';

defineSayStream();
