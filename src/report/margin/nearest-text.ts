import type { LiquidationRoot, SetLiquidation } from '../../wire/liquidation-report.ts'
import { atomsOf, roundedTo } from '../amount.ts'
import { figureText } from './figure-text.ts'
import { tenthsText } from './set-figures.ts'

const MOST = 2
const TENTH_OF_PERCENT = 10n ** 15n

interface NamedRoot extends LiquidationRoot {
  readonly asset: string
}

/** The two likeliest moves of single assets at which a netting set is liquidated, with a blank after them; empty if there are none. */
export function nearestText({ assets, liquidatable }: SetLiquidation): string {
  if (liquidatable) return ''
  const nearest = assets
    .flatMap(({ asset, roots }) => roots.map((root): NamedRoot => ({ asset, ...root })))
    .toSorted((a, b) => distance(a) - distance(b))
    .slice(0, MOST)
  if (nearest.length === 0) return ''
  return `Liquidated if ${nearest.map(rootText).join(', or ')}, ${nearest.length > 1 ? 'the other' : 'all else'} standing still. `
}

/** In deviations of a day where the model says any, else by its size. */
function distance({ sigmas, move }: NamedRoot): number {
  return sigmas === null ? Math.abs(Number(move)) : Number(sigmas)
}

function rootText({ asset, direction, move, price }: NamedRoot): string {
  const size = atomsOf(move)
  const percent = tenthsText(roundedTo(size < 0n ? -size : size, TENTH_OF_PERCENT))
  return `${asset} ${direction === 'fall' ? 'falls' : 'rises'} ${percent} % to ${figureText(price)}`
}
