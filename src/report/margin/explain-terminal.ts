import type { BreakdownNode, MarginReport, NettingSetReport } from '../../wire/margin-report.ts'
import { atomsOf, centsNearest, centsUp } from '../amount.ts'
import { printedCents, printedCount } from '../figure.ts'
import { sharedSteps } from '../shared-steps.ts'
import { wrapped } from '../terminal/cells.ts'
import { drawn, from, type Ink, upTo } from '../terminal/pen.ts'
import { titleLines } from './head-lines.ts'
import { type MarginStyle, setName } from './margin-terminal.ts'
import { setFigures, tenthsText, millionthsOf, worstFirst } from './set-figures.ts'

const WIDEST = 80
const TEXT = 2
const LABELLED = 9
const MOST_SCENARIOS = 3
const DEEPEST = 6
const ATOMS_PER_CENT = 10n ** 16n

/** Every step of the requirements for a terminal, ending in a line break; of several netting sets the worst, or all. */
export function explainTerminal(report: MarginReport, file: string, style: MarginStyle): string {
  const ink = { columns: Math.min(style.columns, WIDEST), color: style.color, ascii: style.ascii }
  const sets = worstFirst(report.nettingSets)
  const shown = style.all ? sets : sets.slice(0, 1)
  const hidden = sets.length - shown.length
  const sections = [
    titleLines('explain', file, report, ink),
    ...shown.flatMap((set) => [...(sets.length > 1 ? [named(set, ink)] : []), ...stepsOf(set, ink)]),
    [...checkLines(report, file, ink), ...(hidden > 0 ? [more(hidden, file, ink)] : [])],
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function stepsOf(set: NettingSetReport, ink: Ink): readonly (readonly string[])[] {
  const steps = [
    { title: 'Exposure to each risk factor', lines: exposureLines(set, ink) },
    { title: 'Scenarios', lines: scenarioLines(set, ink) },
    { title: 'Maintenance margin', lines: treeLines(set.breakdown, ownCents(set.breakdown), 0, ink) },
    { title: 'Initial margin', lines: treeLines(set.initialBreakdown, ownCents(set.initialBreakdown), 0, ink) },
    { title: 'Requirement', lines: requirementLines(set, ink) },
  ].filter(({ lines }) => lines.length > 0)
  return steps.map(({ title, lines }, i) => [headLine(`${i + 1}  ${title}`, ink), ...lines])
}

function exposureLines({ exposures }: NettingSetReport, ink: Ink): readonly string[] {
  if (exposures === null || exposures.length === 0) return []
  const gross = exposures.reduce((sum, { weighted }) => sum + magnitude(atomsOf(weighted)), 0n)
  return [
    drawn(
      [
        from(TEXT, 'factor', 'dim'),
        upTo(32, 'exposure', 'dim'),
        upTo(46, 'risk weight', 'dim'),
        upTo(58, 'weighted', 'dim'),
        from(61, 'from', 'dim'),
      ],
      ink,
    ),
    ...exposures.map(({ factor, exposure, riskWeight, weighted, from: sources, earnsOffset }) =>
      drawn(
        [
          from(TEXT, factor),
          upTo(32, printedCents(centsNearest(atomsOf(exposure)))),
          upTo(46, `${tenthsText((millionthsOf(riskWeight) + 500n) / 1_000n)} %`),
          upTo(58, printedCents(centsNearest(atomsOf(weighted)))),
          from(61, `${sources.join(', ')}${earnsOffset ? '' : ' (no offset)'}`, 'dim'),
        ],
        ink,
      ),
    ),
    drawn([from(TEXT, 'gross, sum of sizes', 'dim'), upTo(58, printedCents(centsUp(gross)))], ink),
  ]
}

function scenarioLines({ scenarios }: NettingSetReport, ink: Ink): readonly string[] {
  if (scenarios === null || scenarios.length === 0) return []
  return scenarios.slice(0, MOST_SCENARIOS).map(({ id, pnl }, i) => {
    const cents = centsNearest(atomsOf(pnl))
    const worst = i === 0 ? [from(61, `◂ worst of ${printedCount(scenarios.length)}`, 'strong')] : []
    return drawn(
      [from(TEXT, `${i + 1}  ${id}`), upTo(58, printedCents(cents), cents < 0n ? 'loss' : 'plain'), ...worst],
      ink,
    )
  })
}

/** The breakdown as it stands, a step to the right for each level; terms of a sum add up as shown; what won a maximum is marked. */
function treeLines(node: BreakdownNode, cents: bigint, depth: number, ink: Ink): readonly string[] {
  const { id, op, value, terms = [], note, matrix, factor, binding } = node
  const atoms = terms.map((term) => atomsOf(term.value))
  const parts = op === 'sum' ? sharedSteps(atoms, { total: cents, step: ATOMS_PER_CENT }) : terms.map(ownCents)
  const isBinding = binding === true
  const shownValue = op === 'parameter' ? `${tenthsText(atomsOf(value) / 10n ** 15n)} %` : printedCents(cents)
  const how = [HOW[op], factor === undefined ? '' : `× ${factor}`, matrix ?? '', note ?? ''].filter(
    (text) => text !== '',
  )
  const line = drawn(
    [
      from(TEXT + 2 * Math.min(depth, DEEPEST), id, isBinding ? 'strong' : 'plain'),
      upTo(52, shownValue, isBinding ? 'strong' : 'plain'),
      from(54, `${isBinding ? '◂ ' : ''}${how.join(', ')}`, 'dim'),
    ],
    ink,
  )
  return [line, ...terms.flatMap((term, i) => treeLines(term, parts[i] ?? 0n, depth + 1, ink))]
}

function ownCents({ value }: BreakdownNode): bigint {
  return centsUp(atomsOf(value))
}

const HOW: { readonly [op in BreakdownNode['op']]: string } = {
  given: '',
  parameter: 'of the epoch',
  sum: 'sum',
  sumOfSizes: 'sum of sizes',
  product: 'product',
  max: 'largest',
  scale: 'share',
  blend: 'blend',
  quadratic: 'root of the form',
  worstLoss: 'worst loss',
}

function requirementLines(set: NettingSetReport, ink: Ink): readonly string[] {
  const { netLiquidationValue, initialMargin, maintenanceMargin, excess, available } = setFigures(set)
  const row = (label: string, cents: bigint, says: string) =>
    drawn([from(TEXT, label), upTo(52, printedCents(cents), cents < 0n ? 'loss' : 'plain'), from(54, says, 'dim')], ink)
  return [
    row('NLV  everything at its price', netLiquidationValue, 'rounded down'),
    row('MM', maintenanceMargin, 'rounded up'),
    row('IM', initialMargin, 'rounded up'),
    row('excess', excess, excess < 0n ? 'below MM' : 'NLV − MM'),
    row('available', available, available < 0n ? 'below IM' : 'NLV − IM'),
    drawn([from(TEXT, `liquidatable  decided exactly: ${set.liquidatable ? 'yes' : 'no'}`)], ink),
  ]
}

function checkLines({ epochHash, inputsHash }: MarginReport, file: string, ink: Ink): readonly string[] {
  const again = `plimsoll explain ${file} --json > report.json; plimsoll explain --check report.json`
  const lines = [
    ['epoch', epochHash],
    ['inputs', inputsHash],
    ['check', again],
  ] as const
  return lines.flatMap(([label, text]) =>
    wrapped(text, Math.max(1, ink.columns - LABELLED)).map((part, i) =>
      drawn([...(i === 0 ? [from(TEXT, label, 'dim')] : []), from(LABELLED, part, 'dim')], ink),
    ),
  )
}

function more(hidden: number, file: string, ink: Ink): string {
  return drawn([from(LABELLED, `${printedCount(hidden)} more: plimsoll explain ${file} --all`, 'dim')], ink)
}

function named(set: NettingSetReport, ink: Ink): readonly string[] {
  return [drawn([from(TEXT, setName(set), 'strong')], ink)]
}

function headLine(text: string, ink: Ink): string {
  return drawn(
    [
      from(TEXT, text),
      from(TEXT + text.length + 1, '─'.repeat(Math.max(0, ink.columns - TEXT - text.length - 3)), 'dim'),
    ],
    ink,
  )
}

function magnitude(n: bigint): bigint {
  return n < 0n ? -n : n
}
