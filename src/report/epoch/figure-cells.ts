import type { Figure, FigureChange } from '../../wire/epoch-report.ts'
import { printedCount, printedExactly } from '../figure.ts'

const MOST_PLACES = 4

/** Both figures of a change as a table has them, with as many places as it takes to tell them apart. */
export function figureCells({ unit, before, after }: FigureChange): readonly [before: string, after: string] {
  if (unit !== 'ppm') return [cell(before, unit), cell(after, unit)]
  for (let places = 0; places < MOST_PLACES; places += 1) {
    const [from, to] = [ppmCell(before, places), ppmCell(after, places)]
    if (from !== to) return [from, to]
  }
  return [ppmCell(before, MOST_PLACES), ppmCell(after, MOST_PLACES)]
}

/** Ppm as a percentage: one place from 10 % on, two from 1 %, four below; and `more` places than that, four at most. */
export function percentOfPpm(ppm: number, more = 0): string {
  const size = Math.abs(ppm)
  const places = Math.min(MOST_PLACES, (size >= 100_000 || size === 0 ? 1 : size >= 10_000 ? 2 : MOST_PLACES) + more)
  const [whole = '', fraction = ''] = (size / 1e4).toFixed(places).split('.')
  const shown = places === MOST_PLACES ? fraction.replace(/0{1,3}$/, '') : fraction
  return `${ppm < 0 ? '−' : ''}${printedCount(BigInt(whole))}.${shown} %`
}

/** A relative change with its sign: `+12.7 %`, `−0.04 %`, `+1,200 %`. */
export function relativeText(relative: number | null): string {
  if (relative === null) return '—'
  const size = Math.abs(relative) * 100
  const text = size >= 1_000 ? printedCount(Math.round(size)) : size.toFixed(size < 0.1 ? 2 : 1)
  return `${relative < 0 ? '−' : '+'}${text} %`
}

function ppmCell(figure: Figure, more: number): string {
  return typeof figure === 'number' ? percentOfPpm(figure, more) : cell(figure, 'text')
}

function cell(figure: Figure, unit: FigureChange['unit']): string {
  if (figure === null) return 'none'
  if (typeof figure === 'boolean') return figure ? 'yes' : 'no'
  if (typeof figure === 'object') return `${printedCount(figure.length)} figures`
  return (unit === 'units' || unit === 'usd') && typeof figure === 'string' ? printedExactly(figure) : String(figure)
}
