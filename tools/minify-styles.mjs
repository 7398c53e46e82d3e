// A Rollup plugin: the style sheet in a file named `x-style.ts`, its one exported template, without what only people need.
import { transform } from 'esbuild';

export const minifyStyles = () => ({
  name: 'minify-styles',
  async transform(code, id) {
    if (!id.endsWith('-style.ts')) return null;
    // Comments have such marks too, so the export is part of what is looked for.
    const [found, exported, style] = /(export const \w+ = )`([^`]*)`/.exec(code) ?? [];
    if (!found) throw new Error(`${id} exports no style sheet.`);
    const { code: css } = await transform(style, { loader: 'css', minify: true });
    // It leaves the white space of custom properties alone, because a script could read it; none does.
    const bare = css.trim().replace(/(--[\w-]+:|,) /g, '$1');
    return { code: code.replace(found, () => `${exported}\`${bare}\``), map: null };
  },
});
