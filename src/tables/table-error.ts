export type TableErrorCode =
  | 'AmbiguousName'
  | 'BadDecimal'
  | 'BadGzip'
  | 'BadHeader'
  | 'BadSymbol'
  | 'BadTime'
  | 'BarsOverlap'
  | 'CrossedBar'
  | 'DuplicateBar'
  | 'DuplicateKey'
  | 'DuplicateSeries'
  | 'EmptyFile'
  | 'FileNotFound'
  | 'IntervalDiffers'
  | 'LineTooLong'
  | 'MissingColumn'
  | 'MissingField'
  | 'NoCsv'
  | 'NoInterval'
  | 'NotPositive'
  | 'NotText'
  | 'NoRows'
  | 'OutOfRange'
  | 'TapeNotFound'
  | 'TimeBackwards'
  | 'TruncatedGzip'
  | 'UnknownField'
  | 'UnknownKind'
  | 'UnknownSeries'
  | 'WrongColumnCount'
  | 'WrongFormat'

/** Where in the input; line and column count from 1, in characters of the unpacked text. */
export type Place =
  | { readonly file: string }
  | { readonly file: string; readonly line: number; readonly column: number }

export interface TableProblem {
  readonly code: TableErrorCode
  readonly place: Place
  /** The column, header key or thing that is not as it should be. */
  readonly field: string
  readonly expected: string
  readonly got: string
  readonly remedy: string
}

/** A table that is not as it should be, with what to do about it. The message is the five lines that the user is shown. */
export class TableError extends Error {
  override readonly name = 'TableError'
  readonly problem: TableProblem

  constructor(problem: TableProblem) {
    super(printed(problem))
    this.problem = problem
  }
}

const LONGEST_QUOTE = 57

/** Input text as shown in `got`: in quotes, with escapes, cut where it is long. */
export function quoted(text: string): string {
  const escaped = JSON.stringify(text.slice(0, LONGEST_QUOTE + 1)).slice(1, -1)
  return escaped.length > LONGEST_QUOTE ? `"${escaped.slice(0, LONGEST_QUOTE)}…` : `"${escaped}"`
}

function printed({ code, place, field, expected, got, remedy }: TableProblem): string {
  const where = 'line' in place ? `${place.file}:${place.line}:${place.column}` : place.file
  return [
    `error ${code}: ${where}`,
    `  at        ${field}`,
    `  expected  ${expected}`,
    `  got       ${got}`,
    `  remedy    ${remedy}`,
  ].join('\n')
}
