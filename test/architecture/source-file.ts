import ts from 'typescript'

/** One import of a source file. */
export interface Import {
  /** As it is written: `./ring.js`, `node:fs`, `sharp`. */
  readonly specifier: string
  /** `static` at the top, `lazy` by `import()`, `type` for what the compiler takes away. */
  readonly kind: 'static' | 'lazy' | 'type'
  readonly line: number
}

/** What the rules want to know of a source file. */
export interface SourceFacts {
  /** Relative to src, POSIX. */
  readonly path: string
  readonly lines: number
  readonly imports: readonly Import[]
  /** Free names that are used as values, with the line of their first use: `process`, `console`, `eval`. */
  readonly names: ReadonlyMap<string, number>
  readonly defaultExport: boolean
  readonly topLevelAwait: boolean
  /** Nothing but `export … from`. */
  readonly onlyReexports: boolean
}

/** Reads a TypeScript file. */
export function factsOf(path: string, text: string): SourceFacts {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)
  const imports: Import[] = []
  const names = new Map<string, number>()
  let topLevelAwait = false
  const lineOf = (node: ts.Node): number => file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1
  const visit = (node: ts.Node, inFunction: boolean): void => {
    const found = importOf(node)
    if (found !== undefined) imports.push({ ...found, line: lineOf(node) })
    if (ts.isIdentifier(node) && isUse(node) && !names.has(node.text)) names.set(node.text, lineOf(node))
    if (!inFunction && (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined)))
      topLevelAwait = true
    ts.forEachChild(node, (child) => visit(child, inFunction || ts.isFunctionLike(node)))
  }
  visit(file, false)
  const isReexport = (node: ts.Statement): boolean => ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined
  return {
    path,
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    imports,
    names,
    defaultExport: file.statements.some(exportsDefault),
    topLevelAwait,
    onlyReexports: file.statements.length > 0 && file.statements.every(isReexport),
  }
}

function importOf(node: ts.Node): Omit<Import, 'line'> | undefined {
  const named = (literal: ts.Node | undefined, kind: Import['kind']): Omit<Import, 'line'> | undefined =>
    literal !== undefined && ts.isStringLiteralLike(literal) ? { specifier: literal.text, kind } : undefined
  if (ts.isImportDeclaration(node))
    return named(
      node.moduleSpecifier,
      node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword ? 'type' : 'static',
    )
  if (ts.isExportDeclaration(node)) return named(node.moduleSpecifier, node.isTypeOnly ? 'type' : 'static')
  if (ts.isImportTypeNode(node))
    return named(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, 'type')
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return named(node.arguments[0], 'lazy') ?? { specifier: node.getText(), kind: 'lazy' }
  return undefined
}

function exportsDefault(node: ts.Statement): boolean {
  if (ts.isExportAssignment(node)) return true
  if (ts.isExportDeclaration(node) && node.exportClause !== undefined && ts.isNamedExports(node.exportClause))
    return node.exportClause.elements.some(({ name }) => name.text === 'default')
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
  )
}

/** Whether a name stands for a value, and is no name of a member, parameter or the like. */
function isUse(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent) || ts.isTypeReferenceNode(parent)) return false
  if (ts.isQualifiedName(parent) || ts.isBindingElement(parent)) return false
  return !((ts.isClassElement(parent) || ts.isTypeElement(parent) || ts.isParameter(parent)) && parent.name === node)
}
