import { atomsOf, centsDown, centsUp } from '../../amount.ts'
import { printedCents } from '../../figure.ts'
import { escaped } from '../../html/escaped.ts'
import { percent } from '../../html/percent.ts'
import { millionthsOf, percentUp, tenthsText } from '../set-figures.ts'
import { type ShownSet, toneOf } from './shown-set.ts'

/** Right end of the gauge, as a share of the account: a little beyond liquidation. */
const END = 1.1

/** Where a requirement stands on the gauge. */
export interface LoadLine {
  /** Share of the net liquidation value in words, such as `71.9 %`. */
  readonly text: string
  /** Share of the width, at most 1. */
  readonly at: number
  readonly isBeyond: boolean
}

/** A requirement as a share of what there is, rounded UP; undefined where there is nothing to take a share of. */
export function loadLine(requirement: bigint, netLiquidationValue: bigint): LoadLine | undefined {
  if (netLiquidationValue <= 0n) return undefined
  const tenths = (requirement * 1_000n + netLiquidationValue - 1n) / netLiquidationValue
  const exact = Number((requirement * 1_000_000n) / netLiquidationValue) / 1_000_000
  return { text: `${tenthsText(tenths)} %`, at: Math.min(1, exact / END), isBeyond: exact > END }
}

/** How much of the account is needed: filled to the maintenance margin, with the initial margin as a second line. */
export function gaugeHtml({ set, report }: ShownSet): string {
  const nlv = atomsOf(set.netLiquidationValue)
  if (set.status === 'unencumbered') return ''
  const levels = [report.usageLevels.warning, report.usageLevels.reduceOnly].map(
    (ratio) => Number(millionthsOf(ratio)) / 1_000_000 / END,
  )
  const [warning = 0, reduceOnly = 0] = levels
  const end = 1 / END
  const maintenance = loadLine(atomsOf(set.maintenanceMargin), nlv)
  const initial = loadLine(atomsOf(set.initialMargin), nlv)
  const fill = maintenance?.at ?? 1
  const zone = (name: string, from: number, to: number) =>
    `<i class="zone ${name}" style="left:${percent(from)};width:${percent(to - from)}"></i>`
  const zones = zone('w', warning, reduceOnly) + zone('r', reduceOnly, end) + zone('l', end, 1)
  const needle = maintenance === undefined ? '' : `<i class="needle" style="left:${percent(fill)}"></i>`
  const load =
    initial === undefined || initial.isBeyond ? '' : `<i class="load" style="left:${percent(initial.at)}"></i>`
  const ticks = [
    ['0', 0],
    [levelText(report.usageLevels.warning), warning],
    [levelText(report.usageLevels.reduceOnly), reduceOnly],
    ['100', end],
  ] as const
  return `<div class="gauge" role="img" aria-label="${escaped(
    descriptionOf(report, maintenance, initial),
  )}"><div class="marks">${marksHtml(maintenance, initial)}</div><div class="bar"><i class="fill ${fill > end ? 'amber' : ''} ${toneOf(
    set.status,
  )}" style="width:${percent(fill)}"></i>${zones}${load}${needle}</div><div class="ticks">${ticks
    .map(([text, at]) => `<span style="left:${percent(at)}">${text}</span>`)
    .join(
      '',
    )}</div></div><div class="legend" aria-hidden="true"><span><i class="k w"></i>warning</span><span><i class="k r"></i>reduce-only</span><span><i class="k l"></i>liquidation</span><span><i class="k im"></i>initial margin: no new risk beyond</span></div>${lineHtml(set.line)}`
}

/** How much of what the pool grants a bucket is drawn. */
function lineHtml(line: ShownSet['set']['line']): string {
  if (line === null || !('limit' in line)) return ''
  const [drawn, limit] = [atomsOf(line.drawn), atomsOf(line.limit)]
  const share = limit === 0n ? 0 : Number((drawn * 10_000n) / limit) / 10_000
  return `<div class="line"><span class="mini"><i class="amber" style="width:${percent(share)}"></i></span><span>${printedCents(
    centsUp(drawn),
  )} of the pool's line of ${printedCents(centsDown(limit))} drawn</span></div>`
}

/** Left of this there is no room before a line, right of the other none behind it. */
const [ROOM_BEFORE, ROOM_AFTER] = [0.2, 0.82]

/** The names stand on either side of their lines, so that lines close together keep both; at the right end they are one label. */
function marksHtml(mm: LoadLine | undefined, im: LoadLine | undefined): string {
  if (mm === undefined || im === undefined) return ''
  const [first, second] = [`MM ${mm.text}`, `IM ${im.text}${im.isBeyond ? ' ▸' : ''}`]
  if (im.at > ROOM_AFTER && mm.at > ROOM_AFTER - ROOM_BEFORE)
    return `<span class="end"><b class="mm">${first}</b> <b class="im">${second}</b></span>`
  const imSide = im.at > ROOM_AFTER ? 'before' : 'after'
  const isTight = mm.at <= ROOM_BEFORE && im.at < mm.at + ROOM_BEFORE
  if (isTight) return `<span style="left:0"><b class="mm">${first}</b> <b class="im">${second}</b></span>`
  const mmSide = mm.at > ROOM_BEFORE ? 'before' : 'after'
  return `<span class="mm ${mmSide}" style="left:${percent(mm.at)}">${first}</span><span class="im ${imSide}" style="left:${percent(im.at)}">${second}</span>`
}

function descriptionOf(
  { usageLevels }: ShownSet['report'],
  mm: LoadLine | undefined,
  im: LoadLine | undefined,
): string {
  const levels = `Warning at ${percentUp(usageLevels.warning)}, reduce-only at ${percentUp(usageLevels.reduceOnly)}, liquidation at 100 %.`
  if (mm === undefined) return `Nothing is left to cover the requirement. ${levels}`
  return `Maintenance margin ${mm.text} of the account${im === undefined ? '' : `, initial margin ${im.text}`}. ${levels}`
}

function levelText(ratio: string): string {
  return tenthsText(millionthsOf(ratio) / 1_000n).replace(/\.0$/, '')
}
