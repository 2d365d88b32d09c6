import type { Findings } from './findings.ts'
import type { FilePrice } from './market-data.ts'
import { instrumentNamed } from './name-field.ts'
import { readPrice } from './price-fields.ts'
import type { Source } from './source.ts'
import { tableRows, type TableShape } from './table-rows.ts'

const PRICE_COLUMNS = ['index', 'smoothed', 'bid', 'ask', 'vol', 'at', 'ageMs', 'confidence', 'interval', 'sources']
const COUNTS = ['ageMs', 'sources']
const SHAPE: TableShape = { required: ['instrument', 'mark'], optional: PRICE_COLUMNS, columns: new Map() }

/** Prices of a CSV table: a row for each asset or market, which may be empty but for its mark. */
export function priceRows(source: Source, findings: Findings): ReadonlyMap<string, FilePrice> {
  const prices = new Map<string, FilePrice>()
  const lines = new Map<string, number>()
  for (const row of tableRows(source, SHAPE, findings) ?? []) {
    const id = instrumentNamed(row.cells.get('instrument')?.text ?? '', row.spot('instrument'), findings)
    const price = readPrice(row.asObject(['mark', ...PRICE_COLUMNS], kindOf), findings, {
      isOwn: false,
      asOf: undefined,
    })
    if (id === undefined || price === undefined) continue
    const first = lines.get(id)
    if (first !== undefined) {
      findings.problems.add(row.spot('instrument'), {
        code: 'DuplicateKey',
        expected: 'each instrument once',
        got: `a second ${id}; the first is on line ${first}`,
        remedy: 'keep one',
      })
    }
    lines.set(id, row.line)
    prices.set(id, price.price)
    findings.mention({ kind: 'price', spot: row.spot('instrument'), id, ...price, isOwn: false })
  }
  return prices
}

function kindOf(field: string, text: string): 'string' | 'number' {
  return COUNTS.includes(field) || (field === 'at' && /^[0-9]+$/.test(text)) ? 'number' : 'string'
}
