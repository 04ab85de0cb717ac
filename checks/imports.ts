import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** An import as written; `specifier` is null when it is computed and can't be judged. */
export type Import = { readonly specifier: string | null; readonly line: number };

/** Every import of a file: static, `import type`, re-exported, dynamic, `import('…')` types and `require`. */
export function importsOf(file: string): readonly Import[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const add = (node: ts.Node, specifier: ts.Node | undefined) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    const isText = specifier !== undefined && ts.isStringLiteralLike(specifier);
    imports.push({ specifier: isText ? specifier.text : null, line: line + 1 });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier);
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined)
      add(node, node.moduleSpecifier);
    else if (ts.isImportTypeNode(node))
      add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined);
    else if (ts.isImportEqualsDeclaration(node)) add(node, node.moduleReference);
    else if (ts.isCallExpression(node) && isImportCall(node)) add(node, node.arguments[0]);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return imports;
}

function isImportCall({ expression }: ts.CallExpression): boolean {
  if (expression.kind === ts.SyntaxKind.ImportKeyword) return true;
  return ts.isIdentifier(expression) && expression.text === 'require';
}
