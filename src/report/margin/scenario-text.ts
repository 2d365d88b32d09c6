import type { ScenarioRow } from '../../wire/margin-report.ts'
import { millionthsOf, tenthsText } from './set-figures.ts'

/** `ETH +1/3, volatility up`: a move of one price in its risk moves. */
const OWN_MOVE = /^(\S+) ([+-])(\d(?:\/\d)?)((?:, volatility (?:up|down))?)$/
/** `ETH alone, up`. */
const ALONE = /^(\S+) alone, (?:up|down)$/

/** A scenario by what its own price does: `ETH +53.5 %, volatility up, others follow`; others go by their names. */
export function scenarioText({ id, moves }: Pick<ScenarioRow, 'id' | 'moves'>): string {
  const [, own, , , volatility = ''] = OWN_MOVE.exec(id) ?? []
  const [, alone] = ALONE.exec(id) ?? []
  const asset = own ?? alone
  const move = asset === undefined ? undefined : moves[asset]
  if (asset === undefined || move === undefined) return id
  const others = Object.keys(moves).some((factor) => factor !== asset && !factor.startsWith(`${asset}/`))
  return `${asset} ${signedPercent(move)}${volatility}, others ${others ? 'follow' : 'still'}`
}

/** The same in words, where only the name is known: `ETH rises by 3 of its risk moves, volatility up`. */
export function scenarioSentence(id: string): string {
  const [, asset, sign, size, volatility = ''] = OWN_MOVE.exec(id) ?? []
  if (asset === undefined) return id
  const moves = size === '1' ? 'its risk move' : `${size} of its risk move${size?.includes('/') === true ? '' : 's'}`
  return `${asset} ${sign === '+' ? 'rises' : 'falls'} by ${moves}${volatility}`
}

function signedPercent(move: string): string {
  const millionths = millionthsOf(move)
  const size = millionths < 0n ? -millionths : millionths
  return `${millionths < 0n ? '−' : '+'}${tenthsText((size + 500n) / 1_000n)} %`
}
