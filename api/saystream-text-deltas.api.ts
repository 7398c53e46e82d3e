export * from '@saystream/core/text-deltas';
