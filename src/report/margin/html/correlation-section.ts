import type { BreakdownNode, CorrelationRows, ExposureRow } from '../../../wire/margin-report.ts'
import { atomsOf } from '../../amount.ts'
import { escaped } from '../../html/escaped.ts'
import { cardHtml } from './card.ts'
import { factorText } from '../factor-text.ts'
import type { ShownSet } from './shown-set.ts'

const REGIMES = [
  { id: 'now', label: 'Now', says: 'as measured' },
  { id: 'one', label: 'One', says: 'everything moves together' },
  { id: 'break', label: 'Break', says: 'hedges break' },
] as const
/** More do not fit a phone with their numbers readable. */
const MOST_FACTORS = 11
const PPM_PER_HUNDREDTH = 10_000

/** How the factors move together, as each of three regimes has it; the one that decides is shown first. */
export function correlationSection({ set, key }: ShownSet): string {
  const { correlations, exposures } = set
  if (correlations === null || correlations.factors.length === 0) return ''
  const chosen = largestFactors(correlations, exposures ?? [])
  const worst = worstRegime(set.breakdown) ?? 'now'
  const switches = REGIMES.map(
    ({ id, label, says }) =>
      `<label><input type="radio" name="co-${key}" value="${id}"${id === worst ? ' checked' : ''}><span><b>${label}</b> ${says}${id === worst ? ' ◂' : ''}</span></label>`,
  ).join('')
  const left = correlations.factors.length - chosen.length
  const more =
    left === 0 ? '' : `<p class="sub note">${left} more with smaller weighted exposures: --json lists them.</p>`
  return cardHtml({
    id: `corr-${key}`,
    title: 'How the factors move together',
    sub: 'Correlations in percent; ◂ asks for most of the three regimes',
    body: `<div class="co"><fieldset class="sw"><legend class="vh">Regime</legend>${switches}</fieldset>${REGIMES.map(
      ({ id }) => matrixHtml(id, chosen, correlations),
    ).join('')}</div>${more}`,
  })
}

/** Places of the factors with the largest weighted exposures, in the order of the report. */
function largestFactors({ factors }: CorrelationRows, exposures: readonly ExposureRow[]): readonly number[] {
  const sizes = new Map(exposures.map(({ factor, weighted }) => [factor, size(atomsOf(weighted))]))
  const sizeOf = (i: number) => sizes.get(factors[i] ?? '') ?? 0n
  return factors
    .map((_, i) => i)
    .toSorted((a, b) => (sizeOf(a) > sizeOf(b) ? -1 : sizeOf(a) < sizeOf(b) ? 1 : a - b))
    .slice(0, MOST_FACTORS)
    .toSorted((a, b) => a - b)
}

/** The regime marked as binding in the tree of the requirement. */
function worstRegime(node: BreakdownNode): string | undefined {
  if (node.op === 'quadratic') return node.binding === true ? node.id.split('/').at(-1) : undefined
  for (const term of node.terms ?? []) {
    const found = worstRegime(term)
    if (found !== undefined) return found
  }
  return undefined
}

function matrixHtml(id: 'now' | 'one' | 'break', chosen: readonly number[], correlations: CorrelationRows): string {
  const heads = chosen.map((_, i) => `<th scope="col">${i + 1}`).join('')
  const rows = chosen.map((at, i) => {
    const name = factorText(correlations.factors[at] ?? '')
    const cells = chosen.map((other, j) => cellHtml(correlations[id][at]?.[other] ?? 0, i === j))
    return `<tr><th scope="row"><span>${i + 1}</span> ${escaped(name)}${cells.join('')}`
  })
  return `<table class="cm ${id}"><thead><tr><th scope="col">Factor${heads}<tbody>${rows.join('')}</table>`
}

function cellHtml(ppm: number, isOwn: boolean): string {
  const hundredths = Math.round(ppm / PPM_PER_HUNDREDTH)
  const text = `${hundredths < 0 ? '−' : ''}${Math.abs(hundredths)}`
  if (isOwn) return `<td class="own">${text}`
  if (hundredths === 0) return `<td class="nil">0`
  return `<td class="${hundredths < 0 ? 'n' : 'p'}" style="--t:${Math.min(100, Math.abs(hundredths))}%">${text}`
}

function size(n: bigint): bigint {
  return n < 0n ? -n : n
}
