import type { EpochTable } from '../../wire/epoch-report.ts'

/** Who is touched by a change of a field of a row, in words that begin with `whoever`; of a whole row without a field. */
export function touchedBy(table: EpochTable, id: string, field = ''): string {
  switch (table) {
    case 'factors':
      return byFactor(id)
    case 'assets':
      return byAsset(id, field)
    case 'contracts':
      return byContracts(id, field)
    case 'markets':
      return `whoever has ${id}`
    case 'jumps':
      return `whoever takes new risk in assets of class ${id}`
    case 'liquidation':
      return 'whoever is liquidated'
    case 'epoch':
      return WHOLE.get(field) ?? 'everybody'
    default:
      return table satisfies never
  }
}

const WHOLE = new Map([
  ['creditedSharePpm', 'whoever holds several assets or hedges'],
  ['oneWeightPpm', 'whoever holds several assets on one side'],
  ['breakWeightPpm', 'whoever hedges one asset by another'],
  ['initialFactorPpm', 'whoever takes new risk'],
  ['basis.maintenancePpm', 'whoever holds both sides of one underlying'],
  ['basis.initialPpm', 'whoever holds both sides of one underlying'],
  ['keeper.flatFeeUsd', 'whoever has contracts or debts'],
  ['keeper.keeperPpm', 'whoever has contracts or debts'],
  ['confidenceThresholdPpm', 'whoever takes new risk in assets of doubtful prices'],
  ['warnUsagePpm', 'whoever reads reports'],
  ['reduceOnlyUsagePpm', 'whoever reads reports'],
])

const BASIS = /^(.+)\/basis\/(perpetual|future)(?:\/(.+))?$/

function byFactor(id: string): string {
  const [, underlying, kind, market] = BASIS.exec(id) ?? []
  if (underlying !== undefined) return `whoever has ${market ?? `${plural(kind ?? '')} on ${underlying}`}`
  if (id.endsWith('/vol')) return `whoever has options on ${id.slice(0, -'/vol'.length)}`
  if (id.endsWith('/peg')) return `whoever holds or owes ${id.slice(0, -'/peg'.length)}`
  return `whoever holds ${id} long or short`
}

function byAsset(id: string, field: string): string {
  if (field === 'isCollateral') return `whoever has ${id} as collateral`
  if (field === 'jumpClass') return `whoever takes new risk in ${id}`
  if (field.startsWith('concentration.')) return `whoever brings ${id} once the venue holds much of it`
  if (field.startsWith('claim.') && field.endsWith('SlipPpm')) return `whoever holds ${id}`
  return `whoever holds or owes ${id}`
}

/** Of contracts the kind stands behind the underlying: `SOL option`. */
function byContracts(id: string, field: string): string {
  const at = id.lastIndexOf(' ')
  const [underlying, kind] = [id.slice(0, at), id.slice(at + 1)]
  return field === 'minimumPpm'
    ? `whoever is short options on ${underlying}`
    : `whoever has ${plural(kind)} on ${underlying}`
}

function plural(kind: string): string {
  return `${kind}s`
}
