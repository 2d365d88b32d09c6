import type { JsonNode, Located } from './json-node.ts'
import { shown, spotOf } from './json-node.ts'
import type { Mention } from './mention.ts'
import { createProblemList, type ProblemCode, type ProblemList } from './problem.ts'
import { type Path, pathText } from './source.ts'

/** A remark on a file that can be read: a default that stands for something absent, or a doubt. */
export interface Note<Code extends string> {
  readonly code: Code
  readonly path: string
  readonly message: string
}

export type Assumption = Note<'DefaultUsed'>
export type Warning = Note<'FlatVol' | 'NoPriceUsedUnderlying' | 'ReduceOnlyMarket'>

/** What comes to light as a file is read. */
export interface Findings {
  readonly problems: ProblemList
  /** What the file speaks of, for the checks that need the whole file. */
  readonly mentions: readonly Mention[]
  readonly assumptions: readonly Assumption[]
  readonly warnings: readonly Warning[]
  mention(mention: Mention): void
  assume(path: Path, message: string): void
  warn(code: Warning['code'], path: Path, message: string): void
}

/** Reads one value; undefined after a problem, which it has told of. */
export type Reader<T> = (at: Located, findings: Findings) => T | undefined

export function createFindings(): Findings {
  const mentions: Mention[] = []
  const assumptions: Assumption[] = []
  const warnings: Warning[] = []
  return {
    problems: createProblemList(),
    mentions,
    assumptions,
    warnings,
    mention: (mention) => void mentions.push(mention),
    assume: (path, message) => void assumptions.push({ code: 'DefaultUsed', path: pathText(path), message }),
    warn: (code, path, message) => void warnings.push({ code, path: pathText(path), message }),
  }
}

/** Tells that a value is not as it should be; `got` is the value itself. */
export function refuse(
  at: Located,
  findings: Findings,
  complaint: { readonly code: ProblemCode; readonly expected: string; readonly remedy: string },
): undefined {
  findings.problems.add(spotOf(at), { ...complaint, got: shown(at.node) })
}

/** Tells that a value is of another kind than expected. */
export function wrongType(at: Located, findings: Findings, expected: string): undefined {
  return refuse(at, findings, { code: 'WrongType', expected, remedy: `write ${expected}${insteadOf(at.node)}` })
}

function insteadOf({ kind }: JsonNode): string {
  switch (kind) {
    case 'object':
      return ' instead of { … }'
    case 'array':
      return ' instead of [ … ]'
    case 'string':
      return ', without quotes if it is a number'
    case 'number':
    case 'literal':
      return ', or leave the field out'
    default:
      return kind satisfies never
  }
}
