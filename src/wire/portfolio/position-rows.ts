import { type AccountId, accountId, type AssetId, assetId, isName } from '../../core/instrument/identifier.ts'
import type { Quantity } from '../../core/quantity/quantity.ts'
import { MAIN_ACCOUNT, POSITION } from './account-fields.ts'
import { QUANTITY } from './unit-fields.ts'
import { type Draft, emptyTable, NO_FEES, NO_LIQUIDATION, USD } from './document-fields.ts'
import type { Findings } from './findings.ts'
import { shortened } from './json-node.ts'
import { instrumentNamed, isAssetId } from './name-field.ts'
import type { BucketContent, FileAccount, FileBucket, FileBucketMode, FilePosition } from './portfolio-file.ts'
import { child, type Path, quoted, type Source } from './source.ts'
import { type TableRow, tableRows, type TableShape } from './table-rows.ts'

/** What a table of positions cannot say itself. */
export interface PortfolioTable {
  /** By name or number; a bucket that is not listed is `cross`. */
  readonly buckets: ReadonlyMap<string, FileBucketMode>
}

const POSITION_CELLS = ['quantity', 'entryPrice', 'unsettledPnl', 'accruedFunding']
const SHAPE: TableShape = {
  required: ['instrument', 'quantity'],
  optional: ['entryPrice', 'unsettledPnl', 'accruedFunding', 'account', 'bucket'],
  columns: new Map([['market', 'instrument']]),
}
const LAST_BUCKET = 255
const LONGEST_NAME = 40
const CROSS: FileBucketMode = { kind: 'cross' }
const NO_CONTENT: BucketContent = { balances: new Map(), positions: [], orders: [] }
const NUMBER = /^(0|[1-9][0-9]{0,2})$/

/** A bucket of the table while its rows are read. */
interface Growing {
  /** Name or number as the table has it; empty for the pool. */
  readonly label: string
  readonly balances: Map<AssetId, Quantity>
  readonly positions: FilePosition[]
  readonly lines: Map<string, number>
}

type Accounts = Map<AccountId, Map<string, Growing>>

/** What a CSV table of balances and positions says: asset ids are balances, market ids positions. */
export function readPositionRows(
  source: Source,
  { buckets }: PortfolioTable,
  findings: Findings,
): (Draft & { readonly accounts: readonly FileAccount[] }) | undefined {
  const rows = tableRows(source, SHAPE, findings)
  if (rows === undefined) return undefined
  const accounts: Accounts = new Map()
  for (const row of rows) readRow(row, accounts, buckets, findings)
  const whole: Path = { kind: 'row', text: source.name, columns: new Map() }
  const fieldSpot = (name: string) => ({ source, offset: 0, path: child(whole, name) })
  if (accounts.size === 0 && findings.problems.isEmpty()) {
    const remedy = 'add a row such as USDC,2500'
    findings.problems.add(fieldSpot('instrument'), {
      code: 'MissingField',
      expected: 'a row for each balance and position',
      got: 'no rows',
      remedy,
    })
  }
  findings.assume(child(whole, 'settlementAsset'), 'USD itself: price 1, no peg risk')
  findings.assume(child(whole, 'model'), 'plimsoll-1 with its built-in epoch')
  return { ...NOTHING_SAID, fieldSpot, accounts: [...accounts].map(([id, grown]) => accountOf(id, grown, buckets)) }
}

const NOTHING_SAID: Omit<Draft, 'fieldSpot'> = {
  name: undefined,
  asOf: undefined,
  model: { id: 'plimsoll-1', parameters: { kind: 'builtIn' } },
  settlementAsset: USD,
  assets: new Map(),
  contracts: new Map(),
  prices: emptyTable(),
  vols: emptyTable(),
  funding: new Map(),
  fees: NO_FEES,
  liquidation: NO_LIQUIDATION,
  insurance: new Map(),
}

function readRow(row: TableRow, accounts: Accounts, buckets: PortfolioTable['buckets'], findings: Findings): void {
  const account = accountIn(row, findings)
  const label = bucketIn(row, findings)
  const instrument = instrumentNamed(row.cells.get('instrument')?.text ?? '', row.spot('instrument'), findings)
  if (account === undefined || label === undefined || instrument === undefined) return
  const grown = accounts.get(account) ?? new Map<string, Growing>()
  accounts.set(account, grown)
  if (label !== '' && !grown.has(label) && !buckets.has(label)) findings.assume(row.spot('bucket').path, 'cross')
  const bucket: Growing = grown.get(label) ?? { label, balances: new Map(), positions: [], lines: new Map() }
  grown.set(label, bucket)
  tellRepeated(row, { instrument, first: bucket.lines.get(instrument) }, findings)
  bucket.lines.set(instrument, row.line)
  if (isAssetId(instrument)) {
    readBalance(row, assetId(instrument), bucket, findings)
    return
  }
  const position = POSITION(
    row.asObject(['market', ...POSITION_CELLS], () => 'string'),
    findings,
  )
  if (position !== undefined) bucket.positions.push(position)
}

function accountIn(row: TableRow, findings: Findings): AccountId | undefined {
  const text = row.cells.get('account')?.text
  if (text === undefined) return MAIN_ACCOUNT
  if (isName(text)) return accountId(text)
  findings.problems.add(row.spot('account'), {
    code: 'BadName',
    expected: 'an account id: 1 to 64 letters, digits and . _ : / -, starting with a letter or digit',
    got: shortened(quoted(text.slice(0, 80))),
    remedy: 'leave the cell empty if there is one account only',
  })
  return undefined
}

/** Name or number of the row's bucket; the empty string for the pool. */
function bucketIn(row: TableRow, findings: Findings): string | undefined {
  const text = row.cells.get('bucket')?.text ?? ''
  if (text === '' || text === '0') return ''
  const isNumber = NUMBER.test(text)
  if (isNumber ? Number(text) <= LAST_BUCKET : text.length <= LONGEST_NAME) return text
  findings.problems.add(row.spot('bucket'), {
    code: 'BadName',
    expected: `a number from 1 to ${LAST_BUCKET} or a name of at most ${LONGEST_NAME} characters`,
    got: shortened(quoted(text.slice(0, 80))),
    remedy: 'leave the cell empty for the pool',
  })
  return undefined
}

function tellRepeated(
  row: TableRow,
  { instrument, first }: { readonly instrument: string; readonly first: number | undefined },
  findings: Findings,
): void {
  if (first === undefined) return
  findings.problems.add(row.spot('instrument'), {
    code: 'DuplicateKey',
    expected: 'each account, bucket and instrument once',
    got: `a second ${instrument}; the first is on line ${first}`,
    remedy: 'keep one; add the amounts yourself if both were meant',
  })
}

/** Numbers the named buckets with the lowest numbers that the account does not use, in order of their first rows. */
function accountOf(id: AccountId, grown: ReadonlyMap<string, Growing>, modes: PortfolioTable['buckets']): FileAccount {
  const taken = new Set([...grown.keys()].filter((label) => NUMBER.test(label)).map(Number))
  let next = 1
  const buckets = [...grown.values()].flatMap(({ label, balances, positions }): readonly FileBucket[] => {
    if (label === '') return []
    const mode = modes.get(label) ?? CROSS
    const content = { balances, positions, orders: [] }
    if (NUMBER.test(label)) return [{ id: Number(label), name: undefined, mode, content }]
    while (taken.has(next)) next += 1
    taken.add(next)
    return [{ id: next, name: label, mode, content }]
  })
  const { balances, positions } = grown.get('') ?? NO_CONTENT
  return {
    id,
    owner: undefined,
    pool: { balances, positions, orders: [] },
    buckets: buckets.toSorted((a, b) => a.id - b.id),
  }
}

function readBalance(row: TableRow, asset: AssetId, { balances }: Growing, findings: Findings): void {
  for (const column of ['entryPrice', 'unsettledPnl', 'accruedFunding']) {
    const cell = row.cells.get(column)
    if (cell === undefined) continue
    findings.problems.add(row.spot(column), {
      code: 'FieldConflict',
      expected: `an empty cell: ${asset} is a balance, not a position`,
      got: shortened(quoted(cell.text.slice(0, 80))),
      remedy: 'leave it empty',
    })
  }
  const cell = row.cells.get('quantity')
  const spot = row.spot('quantity')
  if (cell === undefined) {
    findings.problems.add(spot, {
      code: 'MissingField',
      expected: 'units, below zero if borrowed',
      got: 'nothing',
      remedy: 'fill it in, or leave the row out',
    })
    return
  }
  const amount = QUANTITY.read(cell.text, spot, findings)
  if (amount === undefined) return
  balances.set(asset, amount)
  findings.mention({ kind: 'balance', spot: row.spot('instrument'), asset, amount })
}
