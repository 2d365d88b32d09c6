import { parseDecimal18 } from '../core/quantity/decimal.ts'
import { divCeil, divFloor } from '../core/quantity/rounding.ts'
import type {
  BreakdownNode,
  CorrelationRows,
  ExposureRow,
  MarginReport,
  NettingSetReport,
} from '../wire/margin-report.ts'

/** A node that does not follow from its terms. */
export interface BreakdownFault {
  /** Such as `main/0 maintenanceMargin/larger/K`. */
  readonly node: string
  readonly expected: string
  readonly found: string
}

export interface BreakdownCheck {
  /** Nodes that were worked out again. */
  readonly recomputed: number
  /** Leaves, which are given, and nodes whose terms the report does not hold. */
  readonly taken: number
  readonly faults: readonly BreakdownFault[]
}

const ONE = 10n ** 18n
const MILLION = 1_000_000n

/**
 * Works out again every node of the breakdowns of a report from its terms, in whole atoms of 1e-18 with the rounding each names, and
 * compares requirements and attributions with what they add up to. A quadratic node needs the report's exposures and correlations,
 * which are rounded to a millionth: it is checked to within that. These and the scenarios are of the maintenance side, so forms and
 * worst losses of the initial side are taken, and so are losses in windows of history, which no report holds.
 */
export function checkBreakdowns({ nettingSets }: MarginReport): BreakdownCheck {
  const check: Mutable = { recomputed: 0, taken: 0, faults: [] }
  for (const set of nettingSets) {
    const at = `${set.account}/${set.buckets[0] ?? 0}`
    checkNode(set.breakdown, `${at} ${set.breakdown.id}`, set, check)
    checkNode(set.initialBreakdown, `${at} ${set.initialBreakdown.id}`, NOT_OF_THIS_SIDE, check)
    checkTotals(set, at, check)
  }
  return check
}

/** What some nodes are worked out from beside their terms. */
type Beside = Pick<NettingSetReport, 'exposures' | 'correlations' | 'scenarios'>

const NOT_OF_THIS_SIDE: Beside = { exposures: null, correlations: null, scenarios: null }

interface Mutable {
  recomputed: number
  taken: number
  faults: BreakdownFault[]
}

function checkTotals(set: NettingSetReport, at: string, check: Mutable): void {
  const sides = [
    { root: set.breakdown, name: 'maintenanceMargin' as const },
    { root: set.initialBreakdown, name: 'initialMargin' as const },
  ]
  for (const { root, name } of sides) {
    const parts = set.attribution.reduce((sum, row) => sum + atoms(row[name]), 0n)
    compare(`${at} ${name}`, { expected: atoms(root.value), found: atoms(set[name]) }, check)
    compare(`${at} attribution of ${name}`, { expected: atoms(set[name]), found: parts }, check)
  }
}

function checkNode(node: BreakdownNode, at: string, set: Beside, check: Mutable): void {
  const expected = recomputed(node, set)
  if (expected === undefined) check.taken += 1
  else if (typeof expected === 'bigint') compare(at, { expected, found: atoms(node.value) }, check)
  else {
    check.recomputed += 1
    const found = atoms(node.value)
    if (found < expected.low || found > expected.high)
      check.faults.push({ node: at, expected: `${expected.low} to ${expected.high} atoms`, found: `${found} atoms` })
  }
  for (const term of node.terms ?? []) checkNode(term, `${at}/${term.id}`, set, check)
}

function compare(
  node: string,
  { expected, found }: { readonly expected: bigint; readonly found: bigint },
  check: Mutable,
): void {
  check.recomputed += 1
  if (expected !== found) check.faults.push({ node, expected: `${expected} atoms`, found: `${found} atoms` })
}

type Expected = bigint | { readonly low: bigint; readonly high: bigint } | undefined

function recomputed(node: BreakdownNode, set: Beside): Expected {
  const terms = (node.terms ?? []).map(({ value }) => atoms(value))
  const [first = 0n, second = 0n, ...rest] = terms
  switch (node.op) {
    case 'given':
    case 'parameter':
      return undefined
    case 'worstLoss':
      return worstLoss(node, set)
    case 'quadratic':
      return quadratic(node, set)
    default:
      break
  }
  if (terms.length === 0) return node.value === '0' ? 0n : undefined
  const factor = node.factor === undefined ? ONE : atoms(node.factor)
  switch (node.op) {
    case 'sum':
      return terms.reduce((sum, term) => sum + term, 0n)
    case 'sumOfSizes':
      return sumOfSizes(terms, node)
    case 'max':
      return terms.reduce((most, term) => (term > most ? term : most))
    case 'product':
      return rounded(
        terms.reduce((product, term) => product * term, 1n),
        ONE ** BigInt(terms.length - 1),
        node,
      )
    case 'scale':
      return rounded(factor * first, ONE, node)
    case 'blend':
      return blended([first, second, ...rest], factor, node)
    default:
      return node.op satisfies never
  }
}

/** Rounded up as a whole from exact terms, each of which is shown rounded away by less than an atom; or else exact. */
function sumOfSizes(terms: readonly bigint[], { rounded: direction }: BreakdownNode): Expected {
  const high = terms.reduce((sum, term) => sum + size(term), 0n)
  return direction === 'up' ? { low: high - BigInt(terms.length), high } : high
}

/**
 * What follows the two that are blended is added. A blend of roots with a sum of sizes is made of the exact ones, each part rounded up by itself: within an atom for each part.
 */
function blended([first = 0n, second = 0n, ...rest]: readonly bigint[], factor: bigint, node: BreakdownNode): Expected {
  const whole = rounded(factor * first + (ONE - factor) * second, ONE, node)
  const sum = rest.reduce((all, term) => all + term, whole)
  const isOfRoots = node.terms?.[0]?.op === 'max' && node.terms[1]?.op === 'sumOfSizes'
  return isOfRoots ? { low: sum - 2n, high: sum + 1n } : sum
}

/** The quotient as the node says it is rounded: away from zero where a product of either sign is rounded up. */
function rounded(dividend: bigint, divisor: bigint, { rounded: direction }: BreakdownNode): bigint {
  switch (direction) {
    case 'down':
      return divFloor(dividend, divisor)
    case 'nearest':
      return divFloor(2n * dividend + divisor, 2n * divisor)
    case 'up':
    case undefined:
      return dividend < 0n ? -divCeil(-dividend, divisor) : divCeil(dividend, divisor)
    default:
      return direction satisfies never
  }
}

/** The largest damped loss of all scenarios; only the worst are in the breakdown itself. */
function worstLoss(node: BreakdownNode, { scenarios }: Beside): bigint | undefined {
  if (node.worst === undefined || scenarios === null || scenarios.length === 0) return undefined
  let worst = 0n
  for (const { pnl, damp, initialOnly } of scenarios) {
    if (initialOnly) continue
    const loss = divCeil(-atoms(pnl) * atoms(damp), ONE)
    if (loss > worst) worst = loss
  }
  return worst
}

function quadratic(node: BreakdownNode, { exposures, correlations }: Beside): Expected {
  const rows = matrixOf(node, correlations)
  if (rows === undefined || correlations === null || exposures === null) return undefined
  const weighted = correlations.factors.map((factor) => weightedOf(factor, exposures))
  let [form, sizes] = [0n, 0n]
  weighted.forEach((one, i) => {
    sizes += size(one)
    weighted.forEach((other, j) => (form += one * other * BigInt(rows[i]?.[j] ?? 0)))
  })
  // A correlation is off by less than a millionth, and each weighted exposure by a unit.
  const slack = sizes * sizes + 2n * sizes * MILLION * BigInt(weighted.length)
  return { low: rootDown(form - slack), high: rootDown(form + slack) + 2n }
}

function matrixOf({ matrix }: BreakdownNode, correlations: CorrelationRows | null) {
  if (correlations === null || (matrix !== 'now' && matrix !== 'one' && matrix !== 'break')) return undefined
  return correlations[matrix]
}

function weightedOf(factor: string, exposures: readonly ExposureRow[]): bigint {
  const found = exposures.find((row) => row.factor === factor)
  return found === undefined ? 0n : atoms(found.weighted)
}

/** Root of a form in millionths, rounded down; nothing for one below zero. */
function rootDown(form: bigint): bigint {
  const x = form <= 0n ? 0n : form / MILLION
  let guess = 1n << BigInt((x.toString(2).length + 1) >> 1)
  for (;;) {
    const next = (guess + x / guess) >> 1n
    if (next >= guess) return x === 0n ? 0n : guess
    guess = next
  }
}

function size(n: bigint): bigint {
  return n < 0n ? -n : n
}

function atoms(decimal: string): bigint {
  const parsed = parseDecimal18(decimal)
  return parsed.ok ? parsed.atoms : 0n
}
