export * from './text/markdown/speakable.ts';
