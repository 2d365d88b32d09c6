import type ts from 'typescript'

/** A place that breaks a rule. `line` counts from 1. */
export interface Finding {
  readonly file: string
  readonly line: number
  readonly text: string
}

/** `src/core/ledger/post.ts:12: float literal in core`, which editors turn into a link. */
export function describeFinding({ file, line, text }: Finding): string {
  return `${file}:${line}: ${text}`
}

/** The line `node` starts on, counting from 1. */
export function lineOf(source: ts.SourceFile, node: ts.Node): number {
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1
}
