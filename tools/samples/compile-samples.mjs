// Compiles samples as users do: strict, each block a module of its own, with the declarations of the built packages.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

const common = {
  strict: true,
  skipLibCheck: false,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  moduleDetection: ts.ModuleDetectionKind.Force,
  jsx: ts.JsxEmit.ReactJSX,
  allowJs: true,
  checkJs: true,
};
const web = ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'];

/** What a bundler's user and what a Node user compile with. A JavaScript sample has no types to be strict about. */
const settings = {
  page: { ...common, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, lib: web, types: [] },
  node: { ...common, module: ts.ModuleKind.NodeNext, lib: web, types: ['node'] },
  javascript: { ...common, strict: false, module: ts.ModuleKind.NodeNext, lib: web, types: ['node'] },
};

const settingOf = ({ language, use }) => (language === 'js' ? 'javascript' : use === 'page' ? 'page' : 'node');

/** The file of a sample in the project: one folder for each page, because samples of a page may be files of one app. */
export const fileOf = (project, { page, line, language }) =>
  join(
    project.folder,
    page.replaceAll(/\W+/g, '-'),
    `line-${line}.${language === 'js' ? 'mjs' : language === 'ts' ? 'mts' : language}`,
  );

/**
 * Compiles samples.
 *
 * @param {{ folder: string }} project
 * @param {import('./read-samples.d.mts').Sample[]} samples of TypeScript or JavaScript
 * @returns {string[]} what is wrong, with page and line
 */
export function compileSamples(project, samples) {
  const byFile = new Map(samples.map((sample) => [fileOf(project, sample), sample]));
  for (const [file, { text }] of byFile) {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
  }
  return Object.entries(settings).flatMap(([name, options]) => {
    const files = [...byFile].filter(([, sample]) => settingOf(sample) === name).map(([file]) => file);
    if (files.length === 0) return [];
    const program = ts.createProgram(files, { ...options, typeRoots: [join(project.folder, 'node_modules/@types')] });
    return ts.getPreEmitDiagnostics(program).map((diagnostic) => describe(diagnostic, byFile));
  });
}

function describe({ file, start, messageText }, byFile) {
  const text = ts.flattenDiagnosticMessageText(messageText, '\n');
  if (!file) return text;
  const sample = byFile.get(file.fileName);
  const line = file.getLineAndCharacterOfPosition(start ?? 0).line + 1;
  return `${sample ? `${sample.page}:${sample.line + line}` : `${file.fileName}:${line}`} ${text}`;
}

/** @returns {string} a sample as Node runs it */
export const toJavaScript = ({ language, text }) =>
  language === 'js'
    ? text
    : ts.transpileModule(text, {
        compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
      }).outputText;
