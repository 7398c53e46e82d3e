// Every public symbol and every member of it has a doc comment: walks the declarations of each published package.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';

import { builtPackages, root, typedEntries } from './workspace-packages.mjs';

const isDocumented = (node) =>
  ts.getJSDocCommentsAndTags(node).some((doc) => ts.isJSDoc(doc) && (doc.comment || doc.tags?.length));

/** A variable's comment stands before its whole statement. */
const commented = (node) => (ts.isVariableDeclaration(node) ? node.parent.parent : node);

const isPrivate = (member) =>
  (member.name && ts.isPrivateIdentifier(member.name)) ||
  (ts.canHaveModifiers(member) && ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword));

/** What a declaration holds that users can name: members, and the members of the type literals in it. */
function membersOf(node) {
  if (ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isTypeLiteralNode(node)) return [...node.members];
  if (ts.isTypeAliasDeclaration(node)) return literalsIn(node.type);
  if (ts.isVariableDeclaration(node) && node.type) return literalsIn(node.type);
  return [];
}

/** Type literals in unions, intersections and Readonly<…>; parameters of functions are the function's own comment to explain. */
function literalsIn(type) {
  if (ts.isTypeLiteralNode(type)) return [...type.members];
  if (ts.isUnionTypeNode(type) || ts.isIntersectionTypeNode(type)) return type.types.flatMap(literalsIn);
  if (ts.isParenthesizedTypeNode(type)) return literalsIn(type.type);
  if (ts.isTypeReferenceNode(type)) return (type.typeArguments ?? []).flatMap(literalsIn);
  return [];
}

const nameOf = (member) => member.name?.getText() ?? (ts.isConstructorDeclaration(member) ? 'constructor' : '()');

/** Errors only give `name` a value; what it means is JavaScript's to explain. */
const isErrorName = (node, member) =>
  ts.isClassDeclaration(node) && node.heritageClauses !== undefined && nameOf(member) === 'name';

/** An overload or a member that only narrows an inherited one may lean on its sibling's comment. */
function missingIn(node, path) {
  const missing = [];
  const documented = new Set(membersOf(node).filter(isDocumented).map(nameOf));
  for (const member of membersOf(node)) {
    if (isPrivate(member) || isErrorName(node, member)) continue;
    const at = `${path}.${nameOf(member)}`;
    if (!documented.has(nameOf(member))) missing.push(at);
    if ((ts.isPropertySignature(member) || ts.isPropertyDeclaration(member)) && member.type) {
      for (const inner of literalsIn(member.type)) if (!isDocumented(inner)) missing.push(`${at}.${nameOf(inner)}`);
    }
  }
  return [...new Set(missing)];
}

/**
 * @param {string} file an index.d.ts
 * @returns {string[]} what has no doc comment, such as `SpeechError.kind`
 */
export function undocumentedIn(file) {
  const program = ts.createProgram([file], { noResolve: true, noLib: true, strict: true });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) return [];
  return checker.getExportsOfModule(module).flatMap((symbol) => {
    const original = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    // What another package declares is documented there.
    const declarations = (original.declarations ?? []).filter(
      (node) => node.getSourceFile() === source && !ts.isExportSpecifier(node),
    );
    if (declarations.length === 0) return [];
    const missing = declarations.flatMap((node) => missingIn(node, symbol.name));
    return declarations.some((node) => isDocumented(commented(node))) ? missing : [symbol.name, ...missing];
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  let count = 0;
  for (const each of builtPackages()) {
    for (const entry of typedEntries(each)) {
      const file = join(root, each.folder, `dist/${entry}.d.ts`);
      const missing = existsSync(file) ? undocumentedIn(file) : [`dist/${entry}.d.ts (run \`pnpm build\` first)`];
      for (const name of missing) console.log(`${each.manifest.name}: ${name} has no doc comment`);
      count += missing.length;
    }
  }
  console.log(count === 0 ? 'Every public symbol and member has a doc comment.' : `${count} without a doc comment.`);
  process.exitCode = count === 0 ? 0 : 1;
}
