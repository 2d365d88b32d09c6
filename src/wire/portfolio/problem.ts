import { pathText, type Spot } from './source.ts'

/** What can be wrong with a file; the codes are stable. */
export type ProblemCode =
  | 'JsonSyntax'
  | 'CsvSyntax'
  | 'DuplicateKey'
  | 'WrongFormat'
  | 'UnknownField'
  | 'MissingField'
  | 'FieldConflict'
  | 'WrongType'
  | 'BadName'
  | 'NotDecimalString'
  | 'BadDecimal'
  | 'NotPositive'
  | 'BadTime'
  | 'NotOneOf'
  | 'FileNotFound'
  | 'UnknownMarket'
  | 'MissingPrice'
  | 'MissingVol'
  | 'Expired'
  | 'CrossedQuote'
  | 'TooManyDecimals'
  | 'DuplicateBucket'
  | 'EpochHashMismatch'
  | 'StalePrice'
  | 'UnsupportedPayoff'

/** One thing that is wrong, where, and what to do. */
export interface Problem {
  readonly code: ProblemCode
  readonly file: string
  readonly line: number
  readonly column: number
  /** Such as `$.positions[0].quantity`; in a CSV file `trader.csv:4, quantity`. */
  readonly path: string
  readonly expected: string
  readonly got: string
  readonly remedy: string
}

/** Problems in file order: those that are kept, and how many more there are. */
export interface Problems {
  readonly kept: readonly Problem[]
  readonly more: number
}

/** What a problem says besides its place. */
export type Complaint = Pick<Problem, 'code' | 'expected' | 'got' | 'remedy'>

/** Collects what is wrong as a file is read. */
export interface ProblemList {
  add(spot: Spot, complaint: Complaint): void
  isEmpty(): boolean
  /** In order of the files as they were first complained of, and of the places in them. */
  sorted(): Problems
}

/** A file of nothing but errors does not fill the memory. */
const MOST_KEPT = 1_000
const MOST_PRINTED = 20

export function createProblemList(): ProblemList {
  const found: { readonly spot: Spot; readonly complaint: Complaint; readonly fileRank: number }[] = []
  const fileRanks = new Map<Spot['source'], number>()
  let more = 0
  return {
    add(spot, complaint) {
      if (found.length >= MOST_KEPT) {
        more += 1
        return
      }
      const fileRank = fileRanks.get(spot.source) ?? fileRanks.size
      fileRanks.set(spot.source, fileRank)
      found.push({ spot, complaint, fileRank })
    },
    isEmpty: () => found.length === 0,
    sorted: () => ({
      kept: found
        .toSorted((a, b) => a.fileRank - b.fileRank || a.spot.offset - b.spot.offset)
        .map(({ spot, complaint }) => problemAt(spot, complaint)),
      more,
    }),
  }
}

/** The blocks that a person reads, at most 20 and then how many more; without a newline at the end. */
export function printProblems({ kept, more }: Problems): string {
  const blocks = kept.slice(0, MOST_PRINTED).map(printed)
  const left = kept.length - blocks.length + more
  return [...blocks, ...(left > 0 ? [`… and ${left} more`] : [])].join('\n')
}

function problemAt({ source, offset, path }: Spot, { code, expected, got, remedy }: Complaint): Problem {
  const { line, column } = source.position(offset)
  return { code, file: source.name, line, column, path: pathText(path), expected, got, remedy }
}

function printed({ code, file, line, column, path, expected, got, remedy }: Problem): string {
  return [
    `error ${code}: ${file}:${line}:${column}`,
    `  at        ${path}`,
    `  expected  ${expected}`,
    `  got       ${got}`,
    `  remedy    ${remedy}`,
  ].join('\n')
}
