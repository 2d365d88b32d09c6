import type { BindingReport, BreakdownNode, NettingSetReport } from '../../wire/margin-report.ts'
import { atomsOf, centsUp } from '../amount.ts'
import { printedCents, printedCount } from '../figure.ts'
import { scenarioSentence, scenarioText } from './scenario-text.ts'

/** In plain words what decided a maintenance margin, and what came next. */
export function reasonText(set: NettingSetReport): string {
  const { binding, breakdown } = set
  if (binding === null) return `${breakdown.note ?? 'every term is added up'}.`
  const { runnerUp } = binding
  const decided = `${decidedText(binding, set)}.`
  if (runnerUp === null || atomsOf(runnerUp.value) === 0n) return decided
  const next = NAMES.get(runnerUp.component) ?? runnerUp.component
  const which = runnerUp.scenario === null ? '' : ` (${scenarioName(runnerUp.scenario, set)})`
  return `${decided} Next is ${next}${which} with ${printedCents(centsUp(atomsOf(runnerUp.value)))}.`
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ['correlated', 'the correlated component'],
  ['scenario', 'the worst scenario'],
  ['history', 'history'],
  ['basis', 'the basis floor'],
  ['peg', 'the peg floor'],
])

function decidedText({ component, regime, scenario }: BindingReport, set: NettingSetReport): string {
  switch (component) {
    case 'correlated':
      return regimeText(regime, set)
    case 'scenario':
      return `the worst of ${countOf(set, 'scenario')} scenarios decides: ${scenario === null ? 'none loses' : scenarioName(scenario, set)}`
    case 'history':
      return `the worst of the past decides: ${termNamed(set.breakdown, 'history')?.note ?? ''} in ${countOf(set, 'history')} windows`
    case 'basis':
      return 'long and short of one underlying may part in price, spot from perpetual or one expiry from another (basis floor)'
    case 'peg':
      return 'what stands for something else may be worth less than that (peg floor)'
    default:
      return `the ${component} component decides`
  }
}

function regimeText(regime: string | null, set: NettingSetReport): string {
  switch (regime) {
    case 'break': {
      const [long, short] = hedge(set)
      return long === undefined || short === undefined
        ? 'what moves together may part (regime: break)'
        : `the hedge between ${long} and ${short} may break (regime: break)`
    }
    case 'one':
      return 'all that is held may move together (regime: one)'
    case 'now':
      return 'prices move together as measured (regime: now)'
    default:
      return 'the correlated component decides'
  }
}

/** What is long and what is short with the largest margin each. */
function hedge({ attribution, positions }: NettingSetReport): readonly [string | undefined, string | undefined] {
  const isShort = ({ kind, id }: (typeof attribution)[number]) =>
    kind === 'borrow' || positions.some(({ market, quantity }) => market === id && quantity.startsWith('-'))
  const rows = attribution
    .filter(({ kind }) => kind === 'position' || kind === 'borrow' || kind === 'collateral')
    .toSorted((a, b) => sign(atomsOf(b.maintenanceMargin) - atomsOf(a.maintenanceMargin)))
  return [rows.find((row) => !isShort(row))?.id, rows.find(isShort)?.id]
}

function scenarioName(id: string, { scenarios }: NettingSetReport): string {
  const row = scenarios?.find((one) => one.id === id)
  return row === undefined ? scenarioSentence(id) : scenarioText(row)
}

function countOf({ breakdown }: NettingSetReport, id: string): string {
  return printedCount(termNamed(breakdown, id)?.count ?? 0)
}

function termNamed(node: BreakdownNode, id: string): BreakdownNode | undefined {
  if (node.id === id) return node
  for (const term of node.terms ?? []) {
    const found = termNamed(term, id)
    if (found !== undefined) return found
  }
  return undefined
}

function sign(n: bigint): number {
  return n < 0n ? -1 : n > 0n ? 1 : 0
}
