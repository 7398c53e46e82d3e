export * from '@saystream/core/speakable';
