import { type AssetId, assetId, type MarketId } from '../../core/instrument/identifier.ts'
import { quantity } from '../../core/quantity/quantity.ts'
import { parseDecimal18 } from '../../core/quantity/decimal.ts'
import { isPrice } from '../../core/quantity/price.ts'
import type { FileContract, FileContractTerms } from './file-terms.ts'
import { expiryOf } from './time-field.ts'

const NAME = /^([A-Za-z0-9][A-Za-z0-9.]{0,19})-(?:PERP|([0-9]{1,2})([A-Z]{3})([0-9]{2})(?:-([0-9.]{1,40})-([CP]))?)$/
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']

/**
 * Terms that a market's name tells: `BTC-PERP`, `BTC-27MAR26`, `ETH-27MAR26-2400-C`. Linear, one unit a contract, ending at
 * 08:00 UTC. Undefined for any other name, a day that does not exist or a strike that is no price.
 */
export function contractNamed(id: MarketId, settlement: AssetId): FileContract | undefined {
  const parts = NAME.exec(id)
  if (parts === null) return undefined
  const [, underlying = '', day, month = '', year, strike, right] = parts
  const terms = linearTerms(id, assetId(underlying), settlement)
  if (day === undefined) return { ...terms, kind: 'perpetual' }
  const expiry = expiryOf({ year: 2000 + Number(year), month: MONTHS.indexOf(month) + 1, day: Number(day) })
  if (expiry === undefined) return undefined
  if (strike === undefined) return { ...terms, kind: 'future', expiry }
  const parsed = parseDecimal18(strike)
  if (!parsed.ok || !isPrice(parsed.atoms)) return undefined
  return { ...terms, kind: 'option', expiry, strike: parsed.atoms, right: right === 'C' ? 'call' : 'put' }
}

/** What a default says of a contract that only its name defines. */
export function nameSays({ kind, underlying, settlement }: FileContract): string {
  const what = { perpetual: 'perpetual', future: 'dated future', option: 'European option' }[kind]
  return `read from its name: linear ${what} on ${underlying}, contract size 1, settled in ${settlement}`
}

function linearTerms(id: MarketId, underlying: AssetId, settlement: AssetId): FileContractTerms {
  return {
    id,
    underlying,
    settlement,
    payoff: { kind: 'linear', contractSize: ONE_UNIT },
    tick: undefined,
    lot: undefined,
    status: 'open',
    openInterest: undefined,
    fees: undefined,
    depth: undefined,
  }
}

export const ONE_UNIT = quantity(10n ** 18n)
