import type { ListingReport, ListingRow } from '../../wire/listing-report.ts'
import { atomsOf } from '../amount.ts'
import { shareText } from '../backtest/backtest-figure.ts'
import { joinedSections, labelledLines, verdictLines } from '../epoch/labelled-lines.ts'
import { printedCount, shortAmount } from '../figure.ts'
import { quotedWord } from '../quoted-word.ts'
import { wrapped } from '../terminal/cells.ts'
import { drawn, from, type Ink, type Role, upTo } from '../terminal/pen.ts'

const WIDEST = 80
const [TIER, DAYS, SOURCES, WEIGHT, CAP, REASONS] = [13, 25, 31, 40, 52, 54]
const COUNT = 22

const GROUPS = [
  ['COLLATERAL', 'gain', ({ collateral }) => collateral],
  ['MAY BE LISTED', 'plain', ({ eligible, collateral }) => eligible && !collateral],
  ['REFUSED', 'loss', ({ eligible }) => !eligible],
] as const satisfies readonly (readonly [word: string, role: Role, isIn: (row: ListingRow) => boolean])[]

const MEANINGS: ReadonlyMap<string, string> = new Map([
  ['TooFewPrices', 'refused: under 90 days of prices that reach the day'],
  ['OneSource', 'refused: only one file has prices of it'],
  ['Collapsed', 'refused: fell by 40 % in a day, or trading ended'],
  ['AlgorithmicClaim', 'refused: nobody redeems it'],
  ['NoVolumeData', 'no collateral: no volume, so no cap follows'],
  ['TooVolatile', 'no collateral: three sigmas are the whole price'],
  ['PegSlipped', 'no collateral: off its peg by more than 15 %'],
  ['ShortHistory', 'earns no offset: under 250 days'],
  ['NoDepthData', 'its offset rests on history alone'],
  ['ThinDepth', 'earns no offset: hardly anything to sell into'],
])

/** The report for a terminal, ending in a line break: a row for every asset. */
export function listingTerminal(report: ListingReport, prices: readonly string[], style: Ink): string {
  const ink = { ...style, columns: Math.min(style.columns, WIDEST) }
  const common = report.reasons.filter(({ assets }) => assets === report.counts.assets).map(({ reason }) => reason)
  const again = ['plimsoll', 'listing', '--prices', ...prices, '--as-of', report.asOf].map(quotedWord).join(' ')
  return joinedSections([
    [drawn([from(0, 'listing'), upTo(ink.columns, `prices to the end of ${report.asOf}`, 'dim')], ink)],
    verdictLines('JUDGED', sentence(report), 'good', ink),
    ...GROUPS.map(([word, role, isIn]) => groupLines(word, role, report.rows.filter(isIn), { common, ink })),
    reasonLines(report, ink),
    [
      ...labelledLines(
        'NOTE',
        'every file is taken for a source of its own; days are those with a price',
        'plain',
        ink,
      ),
      ...labelledLines('again', again, 'dim', ink),
    ],
  ])
}

function sentence({ counts: { assets, eligible, collateral } }: ListingReport): string {
  return `${printedCount(eligible)} of ${printedCount(assets)} assets may be listed, ${printedCount(collateral)} of them as collateral`
}

function groupLines(
  word: string,
  role: Role,
  rows: readonly ListingRow[],
  { common, ink }: { readonly common: readonly string[]; readonly ink: Ink },
): readonly string[] {
  if (rows.length === 0) return []
  const head = [
    from(2, word, role),
    upTo(DAYS, 'days', 'dim'),
    upTo(SOURCES, 'files', 'dim'),
    upTo(WEIGHT, 'weight', 'dim'),
    upTo(CAP, 'cap, USD', 'dim'),
    from(REASONS, 'because', 'dim'),
  ]
  return [drawn(head, ink), ...rows.flatMap((row) => rowLines(row, common, ink))]
}

function rowLines(row: ListingRow, common: readonly string[], ink: Ink): readonly string[] {
  const { asset, tier, days, sources, weight, capUsd, collateral } = row
  const own = row.reasons.filter((reason) => !common.includes(reason))
  const [first = '', ...rest] = wrapped(own.join(', '), Math.max(1, ink.columns - REASONS))
  const pieces = [
    from(2, asset),
    from(TIER, tier, 'dim'),
    upTo(DAYS, printedCount(days)),
    upTo(SOURCES, printedCount(sources)),
    upTo(WEIGHT, collateral ? shareText(weight) : '—'),
    upTo(CAP, capUsd === null ? '—' : shortAmount(atomsOf(capUsd))),
    from(REASONS, first, 'dim'),
  ]
  return [drawn(pieces, ink), ...rest.map((line) => drawn([from(REASONS, line, 'dim')], ink))]
}

function reasonLines({ reasons, counts }: ListingReport, ink: Ink): readonly string[] {
  if (reasons.length === 0) return []
  return [
    drawn([from(2, 'REASON'), upTo(COUNT + 4, 'assets', 'dim')], ink),
    ...reasons.map(({ reason, assets }) => {
      const all = assets === counts.assets ? ', all of them' : ''
      return drawn(
        [
          from(2, reason),
          upTo(COUNT + 4, printedCount(assets)),
          from(COUNT + 7, `${MEANINGS.get(reason) ?? ''}${all}`, 'dim'),
        ],
        ink,
      )
    }),
  ]
}
