// A Rollup plugin for files that cannot be split, such as the script tag's: the player's decoders, which it loads by
// `import()`, become a file of their own beside the script, found as the worklet is.
const split = "import('./pcm-source-of.ts')";

export const decodersBeside = (fileName) => ({
  name: 'decoders-beside',
  transform: {
    order: 'pre',
    handler(code, id) {
      if (!/source[\\/]any-source\.ts$/.test(id)) return null;
      if (!code.includes(split)) this.error(`${id} no longer holds ${split}`);
      return { code: code.replace(split, `import(String(new URL('./${fileName}', import.meta.url)))`), map: null };
    },
  },
});
