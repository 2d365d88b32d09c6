import { type AssetId, assetId, isName } from '../../core/instrument/identifier.ts'
import type { TapeHeader } from './bar.ts'
import { quoted, TableError, type TableErrorCode } from '../../tables/table-error.ts'
import type { TextLine } from '../../tables/text-lines.ts'

const FIRST_LINE = '# plimsoll tape v1'

const ONCE = ['id', 'title', 'settlement', 'interval', 'spot', 'perp'] as const
const MANY = ['source', 'note'] as const
const KEYS: readonly string[] = [...ONCE, ...MANY]
const ENTRY = /^# ([a-z]+):\s*(.*)$/

interface Entry {
  readonly key: string
  readonly text: string
  readonly line: TextLine
}

interface Entries {
  readonly file: string
  /** The line after the header: where a missing entry is reported. */
  readonly end: TextLine
  readonly list: readonly Entry[]
}

/** Throws TableError unless the file says that it is a tape of this version. */
export function requireFirstLine(file: string, line: TextLine): void {
  if (line.text !== FIRST_LINE) throw wrongFormat(file, line)
}

/** Header of a tape from its lines that start with `#`, after the first line. `end` is the line after them. Throws TableError. */
export function tapeHeader(file: string, lines: readonly TextLine[], end: TextLine): TapeHeader {
  const entries = { file, end, list: lines.map((line) => entryOf(file, line)) }
  requireOnce(entries)
  const [spot, perpetualMarks] = [symbols(entries, 'spot'), symbols(entries, 'perp')]
  if (spot.length + perpetualMarks.length === 0)
    throw missing(entries, 'spot', 'the assets with prices, e.g. "# spot: BTC,ETH"')
  return {
    id: required(entries, 'id', 'the name of the tape, e.g. "# id: 2022-11-ftx"').text,
    title: required(entries, 'title', 'what the tape shows, e.g. "# title: FTX collapse"').text,
    settlement: settlement(entries),
    intervalMs: intervalMs(entries),
    spot,
    perpetualMarks,
    sources: textsOf(entries, 'source'),
    notes: textsOf(entries, 'note'),
  }
}

function wrongFormat(file: string, line: TextLine): TableError {
  const isOtherVersion = line.text.startsWith('# plimsoll tape v')
  return new TableError({
    code: 'WrongFormat',
    place: { file, line: line.number, column: 1 },
    field: 'first line',
    expected: `"${FIRST_LINE}"`,
    got: quoted(line.text),
    remedy: isOtherVersion
      ? 'this program reads tape v1'
      : 'a tape starts so; a table of bars starts with the names of its columns',
  })
}

function entryOf(file: string, line: TextLine): Entry {
  const [, key, text] = ENTRY.exec(line.text) ?? []
  if (key === undefined || text === undefined || text === '') {
    throw headerError('BadHeader', { file, line }, 'header', '"# key: text"', 'write it so, e.g. "# note: …"')
  }
  if (!KEYS.includes(key)) {
    throw headerError('UnknownField', { file, line }, key, `one of: ${KEYS.join(', ')}`, 'write it as "# note: …"')
  }
  return { key, text, line }
}

function requireOnce({ file, list }: Entries): void {
  for (const key of ONCE) {
    const [, second] = list.filter((entry) => entry.key === key)
    if (second !== undefined) {
      throw headerError('DuplicateKey', { file, line: second.line }, key, `one line "# ${key}: …"`, 'keep one')
    }
  }
}

function required(entries: Entries, key: string, expected: string): Entry {
  const found = entries.list.find((entry) => entry.key === key)
  if (found === undefined) throw missing(entries, key, expected)
  return found
}

function missing({ file, end }: Entries, key: string, expected: string): TableError {
  return new TableError({
    code: 'MissingField',
    place: { file, line: end.number, column: 1 },
    field: key,
    expected,
    got: 'nothing',
    remedy: `add a line "# ${key}: …" to the header`,
  })
}

function settlement(entries: Entries): AssetId {
  const { text, line } = required(entries, 'settlement', 'the asset prices are quoted in, e.g. "# settlement: USDT"')
  if (isName(text)) return assetId(text)
  throw headerError(
    'BadSymbol',
    { file: entries.file, line },
    'settlement',
    'the name of an asset',
    'write it as "USDT"',
  )
}

function intervalMs(entries: Entries): number {
  const { text, line } = required(entries, 'interval', 'milliseconds in a bar, e.g. "# interval: 3600000"')
  if (/^[1-9]\d{0,11}$/.test(text)) return Number(text)
  const expected = 'milliseconds in a bar: a whole number above zero'
  throw headerError('BadHeader', { file: entries.file, line }, 'interval', expected, 'an hour is 3600000')
}

function symbols(entries: Entries, key: 'spot' | 'perp'): readonly AssetId[] {
  const entry = entries.list.find((candidate) => candidate.key === key)
  if (entry === undefined) return []
  const names = entry.text.split(',').map((name) => name.trim())
  const at = { file: entries.file, line: entry.line }
  if (!names.every(isName))
    throw headerError('BadSymbol', at, key, 'names with commas between: BTC,ETH', 'drop what is no name')
  if (new Set(names).size < names.length)
    throw headerError('DuplicateSeries', at, key, 'each asset once', 'drop the second')
  return names.map(assetId)
}

function textsOf({ list }: Entries, key: string): readonly string[] {
  return list.filter((entry) => entry.key === key).map(({ text }) => text)
}

function headerError(
  code: TableErrorCode,
  { file, line }: { readonly file: string; readonly line: TextLine },
  field: string,
  expected: string,
  remedy: string,
): TableError {
  return new TableError({
    code,
    place: { file, line: line.number, column: 1 },
    field,
    expected,
    got: quoted(line.text),
    remedy,
  })
}
