import type { Command } from '../../src/core/clearing/command.ts'
import { type AuditBooks, houseOf, MARKET, marketOf } from './audit-books.ts'

const ONE = 10n ** 18n

/**
 * Call before an accepted command is carried out, and what it returns afterwards: what members together hold by depositing has not
 * passed the asset's cap, and what they owe not the cap of its terms, unless it was no less before.
 */
export function watchCaps(books: AuditBooks, command: Command): () => readonly string[] {
  const assets = drawnOn(books, command)
  const before = assets.map((asset) => ({ ...houseOf(books, asset).rates }))
  return () =>
    assets.flatMap((asset, i) => {
      const row = books.assets.get(asset)
      const [was, is] = [before[i], houseOf(books, asset).rates]
      if (row === undefined || was === undefined) return []
      const faults: string[] = []
      const { cap } = row.listing
      const worth = is.lent * (row.quote?.price ?? 0n)
      if (command.type === 'deposit' && cap !== undefined && is.lent > was.lent && worth > cap * ONE)
        faults.push(`INV-LISTING-2: ${is.lent} of ${asset} are held, the cap is ${cap} USD`)
      const { borrowCap } = row.terms
      if (borrowCap !== undefined && is.owed > was.owed && is.owed > borrowCap)
        faults.push(`INV-LISTING-3: ${is.owed} of ${asset} are owed, the cap is ${borrowCap}`)
      return faults
    })
}

function drawnOn(books: AuditBooks, command: Command): readonly string[] {
  switch (command.type) {
    case 'deposit':
      return command.account === MARKET ? [] : [command.asset]
    case 'withdraw':
    case 'transfer':
      return [command.asset]
    case 'fill': {
      const { terms } = marketOf(books, command.market)
      return terms.kind === 'spot' ? [terms.base] : []
    }
    default:
      return []
  }
}
