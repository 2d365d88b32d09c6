import { type AssetId, assetId, isName } from '../core/instrument/identifier.ts'
import { type DecimalProblem, parseDecimal18 } from '../core/quantity/decimal.ts'
import { isPrice, type Price } from '../core/quantity/price.ts'
import { type Rate, rate } from '../core/quantity/rate.ts'
import { cellAt, cellError, type CsvRow } from './csv-row.ts'

/** Asset named by a cell. Throws TableError unless it is a name. */
export function symbolAt(row: CsvRow, column: number): AssetId {
  const text = cellAt(row, column)
  if (isName(text)) return assetId(text)
  throw cellError(row, column, {
    code: 'BadSymbol',
    expected: 'a name of 1 to 64 letters, digits and . _ : / -',
    remedy: 'write the asset as "BTC"',
  })
}

/** Rate in a cell, of either sign. Throws TableError unless it is a decimal. */
export function rateAt(row: CsvRow, column: number): Rate {
  return rate(atomsAt(row, column))
}

/** Price in a cell. Throws TableError unless it is a decimal within the bounds of a price. */
export function priceAt(row: CsvRow, column: number): Price {
  const atoms = atomsAt(row, column)
  if (isPrice(atoms)) return atoms
  if (atoms <= 0n) {
    throw cellError(row, column, {
      code: 'NotPositive',
      expected: 'a price above zero',
      remedy: 'leave the row out if there is no price',
    })
  }
  throw cellError(row, column, {
    code: 'OutOfRange',
    expected: 'a price below 1000000000000',
    remedy: 'check the unit: prices are per whole unit of the asset',
  })
}

function atomsAt(row: CsvRow, column: number): bigint {
  const parsed = parseDecimal18(cellAt(row, column))
  if (parsed.ok) return parsed.atoms
  throw cellError(row, column, {
    code: 'BadDecimal',
    expected: 'a decimal such as 21300.12',
    remedy: decimalRemedy(parsed.problem, cellAt(row, column)),
  })
}

function decimalRemedy(problem: DecimalProblem, text: string): string {
  switch (problem) {
    case 'empty':
      return 'leave the row out if there is no price'
    case 'thousandsSeparator':
      return `leave the separators out: ${text.replaceAll(/[,_' ]/g, '')}`
    case 'exponent':
      return 'write the digits out, e.g. 0.00005'
    case 'tooManyDigits':
      return 'at most 18 digits after the point; nothing is rounded silently'
    case 'notDecimal':
      return 'leave the row out if there is no number'
    default:
      return problem satisfies never
  }
}
