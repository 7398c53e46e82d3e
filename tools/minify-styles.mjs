// A Rollup plugin: the style sheet in a file named `x-style.ts`, its one template, without what only people need.
import { transform } from 'esbuild';

export const minifyStyles = () => ({
  name: 'minify-styles',
  async transform(code, id) {
    const template = id.endsWith('-style.ts') && /`([^`]*)`/.exec(code);
    if (!template) return null;
    const { code: css } = await transform(template[1], { loader: 'css', minify: true });
    return { code: code.replace(template[0], () => `\`${css.trim()}\``), map: null };
  },
});
