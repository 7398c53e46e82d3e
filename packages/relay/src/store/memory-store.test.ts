import { afterAll } from 'vitest';

import { describeStore } from '../../tests/store-conformance.ts';
import { memoryStore } from './memory-store.ts';

const store = memoryStore();
afterAll(() => store.close());

describeStore('memory', () => store);
