import type { SetLiquidation } from '../../wire/liquidation-report.ts'
import type { MarginReport, NettingSetReport } from '../../wire/margin-report.ts'
import type { SetChange, WhatIfRejection, WhatIfReport } from '../../wire/what-if-report.ts'
import { atomsOf, centsUp } from '../amount.ts'
import { printedCents } from '../figure.ts'
import { shortSigmas } from '../liquidation/liquidation-terminal.ts'
import { figureText } from '../margin/figure-text.ts'
import { shortRatio, titleLines } from '../margin/head-lines.ts'
import { setName } from '../margin/margin-terminal.ts'
import { millionthsOf, percentUp, setFigures, statusRoles } from '../margin/set-figures.ts'
import { wrapped } from '../terminal/cells.ts'
import { drawn, from, type Ink, type Role, upTo } from '../terminal/pen.ts'

const WIDEST = 80
const CELLS = 60
const [BEFORE, AFTER, CHANGE] = [45, 60, 75]

/** A netting set before and after. */
interface Pair {
  readonly before: NettingSetReport
  readonly after: NettingSetReport
  readonly change: SetChange
}

/**
 * The report for a terminal, ending in a line break: the netting sets that are changed, or where only the market moves those that use the
 * most of what they have afterwards.
 */
export function whatIfTerminal(report: WhatIfReport, asked: string, style: Ink): string {
  const ink = { ...style, columns: Math.min(style.columns, WIDEST) }
  const pairs = shownPairs(report)
  const sections = [
    titleLines('whatif', asked, report.before, ink),
    ...pairs.flatMap((pair) => pairSections(pair, report, pairs.length > 1, ink)),
    closingLines(report, pairs, ink),
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function shownPairs({ before, after, change }: WhatIfReport): readonly Pair[] {
  const pairs = change.flatMap((one, i): readonly Pair[] => {
    const [old, now] = [before.nettingSets[i], after.nettingSets[i]]
    return old === undefined || now === undefined ? [] : [{ before: old, after: now, change: one }]
  })
  const touched = pairs.filter((pair) => pair.change.touched)
  if (touched.length > 0) return touched
  const usage = ({ marginUsage, status }: NettingSetReport) =>
    marginUsage === null ? (status === 'insolvent' ? Number.MAX_VALUE : 0) : Number(marginUsage)
  return pairs.toSorted((a, b) => usage(b.after) - usage(a.after)).slice(0, 1)
}

function pairSections(
  pair: Pair,
  report: WhatIfReport,
  isOneOfMany: boolean,
  ink: Ink,
): readonly (readonly string[])[] {
  return [
    isOneOfMany ? [drawn([from(2, setName(pair.after), 'strong')], ink)] : [],
    verdictLines(pair, report, ink),
    ink.columns < WIDEST
      ? []
      : [bar('before', pair.before, report.before, ink), bar('after', pair.after, report.after, ink)],
    [...figureLines(pair, ink), ...priceLines(pair, report, ink)],
  ]
}

function verdictLines({ before, after }: Pair, { allowed, rejection }: WhatIfReport, ink: Ink): readonly string[] {
  if (!allowed && rejection !== null) return sentence('REFUSED', refusal(rejection), 'bad', ink)
  const { word, role } = verdict(before, after)
  const text = (set: NettingSetReport) => (set.marginUsage === null ? set.status : percentUp(set.marginUsage))
  return sentence(word, `usage ${text(before)} → ${text(after)}`, role, ink)
}

function verdict(before: NettingSetReport, after: NettingSetReport): { readonly word: string; readonly role: Role } {
  if (after.liquidatable) return { word: 'LIQUIDATABLE', role: 'bad' }
  const [old, now] = [before, after].map(({ marginUsage }) => (marginUsage === null ? undefined : atomsOf(marginUsage)))
  if (old === now) return { word: 'UNCHANGED', role: statusRoles(after.status).word }
  const isSafer = now !== undefined && (old === undefined || now < old)
  return { word: isSafer ? 'SAFER' : 'RISKIER', role: isSafer ? 'good' : 'caution' }
}

function refusal({ reason, bucket, netLiquidationValue, initialMargin, missing }: WhatIfRejection): string {
  const whose = bucket === 0 ? '' : ` of bucket ${bucket}`
  const [nlv, im, lacks] = [netLiquidationValue, initialMargin, missing].map((amount, i) =>
    printedCents(i === 0 ? -centsUp(-atomsOf(amount)) : centsUp(atomsOf(amount))),
  )
  const says = `it would leave NLV ${nlv} below IM ${im}${whose}`
  switch (reason) {
    case 'InitialMarginBreached':
      return `${says}: missing ${lacks}`
    case 'LineExceeded':
      return `${says} by more than its line: missing ${lacks}`
    case 'LinesNotCovered':
      return `the pool, NLV ${nlv} and IM ${im}, would not cover its lines: missing ${lacks}`
    case 'UnsettledProfitNotWithdrawable':
      return `${says}, unsettled profit not counted: missing ${lacks}`
    default:
      return reason satisfies never
  }
}

function bar(
  label: string,
  { marginUsage, status }: NettingSetReport,
  { usageLevels }: MarginReport,
  ink: Ink,
): string {
  const cellsAt = (ratio: string) => Number((millionthsOf(ratio) * BigInt(CELLS)) / 1_000_000n)
  const used = status === 'unencumbered' ? 0 : marginUsage === null ? CELLS : Math.min(CELLS, cellsAt(marginUsage))
  const levels = [cellsAt(usageLevels.warning), cellsAt(usageLevels.reduceOnly)]
  const rest = Array.from({ length: CELLS - used }, (_, i) => (levels.includes(used + i) ? '┊' : '·')).join('')
  const filled = used === 0 ? '' : drawn([from(0, '█'.repeat(used), statusRoles(status).fill)], ink)
  return `${drawn([from(2, label)], ink).padEnd(10)}${filled}${drawn([from(0, `${rest}┃`)], ink)}`
}

function figureLines({ before, after }: Pair, ink: Ink): readonly string[] {
  const [old, now] = [setFigures(before), setFigures(after)]
  const row = (label: string, a: bigint, b: bigint) =>
    tableRow(label, printedCents(a), printedCents(b), signed(b - a, printedCents), ink)
  const health = (set: NettingSetReport) => (set.healthFactor === null ? '—' : shortRatio(set.healthFactor))
  const healthChange =
    before.healthFactor === null || after.healthFactor === null
      ? '—'
      : signed(thousandths(after.healthFactor) - thousandths(before.healthFactor), printedThousandths)
  return [
    drawn([upTo(BEFORE, 'before', 'dim'), upTo(AFTER, 'after', 'dim'), upTo(CHANGE, 'change', 'dim')], ink),
    row('Net liquidation value', old.netLiquidationValue, now.netLiquidationValue),
    row('Initial margin', old.initialMargin, now.initialMargin),
    row('Maintenance margin', old.maintenanceMargin, now.maintenanceMargin),
    row('Excess', old.excess, now.excess),
    row('Free for new risk', old.available, now.available),
    tableRow('Health factor', health(before), health(after), healthChange, ink),
  ]
}

/** The nearest price of each asset that has one before or after, and the joint failure. */
function priceLines({ after }: Pair, { liquidation }: WhatIfReport, ink: Ink): readonly string[] {
  if (liquidation === null) return []
  const isOf = (set: SetLiquidation) => set.account === after.account && set.buckets[0] === after.buckets[0]
  const [old, now] = [liquidation.before.find(isOf), liquidation.after.find(isOf)]
  if (old === undefined || now === undefined) return []
  const names = [...new Set([...old.assets, ...now.assets].map(({ asset }) => asset))]
  const rows = names.flatMap((asset) => {
    return (['fall', 'rise'] as const).flatMap((direction) => {
      const [a, b] = [nearest(old, asset, direction), nearest(now, asset, direction)]
      if (a === undefined && b === undefined) return []
      const change = a === undefined || b === undefined ? '—' : signedFigure(atomsOf(b) - atomsOf(a))
      return [tableRow(`${asset} liquidation, ${direction}`, priceText(a), priceText(b), change, ink)]
    })
  })
  const sigmas = ({ joint }: SetLiquidation) => (joint === null ? '—' : `${shortSigmas(joint.sigmas)} σ`)
  const jointChange =
    old.joint === null || now.joint === null
      ? '—'
      : `${signed(tenths(now.joint.sigmas) - tenths(old.joint.sigmas), printedTenths)} σ`
  return [...rows, tableRow('Nearest joint failure', sigmas(old), sigmas(now), jointChange, ink)]
}

/** Undefined if there is none; of a set that is to be liquidated as it is, today's: a root there is where that ends. */
function nearest(
  { assets, liquidatable }: SetLiquidation,
  asset: string,
  direction: 'fall' | 'rise',
): string | undefined {
  if (liquidatable) return assets.find((one) => one.asset === asset)?.price
  const roots = assets.find((one) => one.asset === asset)?.roots.filter((root) => root.direction === direction) ?? []
  return roots.toSorted((a, b) => Math.abs(Number(a.move)) - Math.abs(Number(b.move)))[0]?.price
}

function closingLines({ allowed, rejection, cost }: WhatIfReport, pairs: readonly Pair[], ink: Ink): readonly string[] {
  const rule = ruleText(pairs)
  const lines = [
    ...labelled(
      allowed ? 'ALLOWED' : 'REFUSED',
      allowed || rejection === null ? rule : `new risk check: ${rejection.reason}`,
      ink,
    ),
    ...pairs.slice(0, 1).flatMap(({ before, after }) => labelled('Binding', bindingText(before, after), ink)),
  ]
  if (cost.trades.length > 0) {
    const [only] = cost.trades
    const at = only !== undefined && cost.trades.length === 1 ? ` at ${figureText(only.price)}` : ''
    lines.push(
      ...labelled('Cost', `taker fee ${printedCents(centsUp(atomsOf(cost.feesUsd)))} USD${at}, in NLV after`, ink),
    )
  }
  const [trade] = cost.trades
  const [pair] = pairs
  if (cost.trades.length !== 1 || trade === undefined || pair === undefined || atomsOf(trade.notionalUsd) === 0n)
    return lines
  const perHundred = (atomsOf(pair.change.maintenanceMargin) * 100n * 10n ** 18n) / atomsOf(trade.notionalUsd)
  const done = trade.quantity.startsWith('-') ? 'sold' : 'bought'
  const says = `Per 100 USD of ${trade.market} ${done}, MM ${perHundred < 0n ? 'falls' : 'rises'} by ${printedCents(centsUp(perHundred < 0n ? -perHundred : perHundred))} USD`
  return [...lines, ...sentence('', says, 'plain', ink)]
}

/** Which part of the test it passed. */
function ruleText(pairs: readonly Pair[]): string {
  const [pair] = pairs.filter(({ change }) => change.touched)
  if (pair === undefined) return 'nothing is asked for: only the market moves'
  const { netLiquidationValue, initialMargin } = setFigures(pair.after)
  const [nlv, im] = [printedCents(netLiquidationValue), printedCents(initialMargin)]
  return pair.after.newRiskAllowed
    ? `new risk check: NLV ≥ IM afterwards (${nlv} ≥ ${im})`
    : `risk falls: IM does not rise and IM − NLV falls, though NLV ${nlv} is below IM ${im}`
}

function bindingText({ binding: a }: NettingSetReport, { binding: b }: NettingSetReport): string {
  const text = (binding: NettingSetReport['binding']) =>
    binding === null
      ? 'none'
      : `${binding.scenario ?? binding.component}${binding.regime === null ? '' : ` (regime: ${binding.regime})`}`
  return text(a) === text(b) ? `before and after: ${text(a)}` : `before: ${text(a)}; after: ${text(b)}`
}

function tableRow(label: string, before: string, after: string, change: string, ink: Ink): string {
  return drawn([from(2, label), upTo(BEFORE, before), upTo(AFTER, after), upTo(CHANGE, change)], ink)
}

function sentence(word: string, text: string, role: Role, ink: Ink): readonly string[] {
  const at = word === '' ? 2 : word.length + 5
  return wrapped(text, Math.max(1, ink.columns - at)).map((line, i) =>
    drawn([...(i === 0 && word !== '' ? [from(2, word, role)] : []), from(at, line)], ink),
  )
}

function labelled(label: string, text: string, ink: Ink): readonly string[] {
  return wrapped(text, Math.max(1, ink.columns - 12)).map((line, i) =>
    drawn([...(i === 0 ? [from(2, label)] : []), from(12, line)], ink),
  )
}

function signed(amount: bigint, printed: (amount: bigint) => string): string {
  return `${amount > 0n ? '+' : ''}${printed(amount)}`
}

function signedFigure(atoms: bigint): string {
  const size = figureText(priceOfAtoms(atoms < 0n ? -atoms : atoms))
  return atoms === 0n ? size : `${atoms < 0n ? '−' : '+'}${size}`
}

function priceText(price: string | undefined): string {
  return price === undefined ? 'none' : figureText(price)
}

function priceOfAtoms(atoms: bigint): string {
  const digits = atoms.toString().padStart(19, '0')
  return `${digits.slice(0, -18)}.${digits.slice(-18)}`
}

function thousandths(ratio: string): bigint {
  return millionthsOf(ratio) / 1_000n
}

function tenths(ratio: string): bigint {
  return millionthsOf(ratio) / 100_000n
}

function printedThousandths(amount: bigint): string {
  return printedPlaces(amount, 3)
}

function printedTenths(amount: bigint): string {
  return printedPlaces(amount, 1)
}

function printedPlaces(amount: bigint, places: number): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(places + 1, '0')
  return `${amount < 0n ? '−' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`
}
