import type { EpochCheck, EpochCheckId, EpochFault, EpochVerification } from '../../wire/epoch-report.ts'
import { printedCount } from '../figure.ts'
import { titleLines } from '../margin/head-lines.ts'
import { quotedWord } from '../quoted-word.ts'
import { drawn, from, type Ink, upTo } from '../terminal/pen.ts'
import { joinedSections, labelledLines, verdictLines } from './labelled-lines.ts'

const WIDEST = 80
const MOST_FAULTS = 8
const [COMPARED, DIFFER] = [65, 78]

/** What each check looked at, as rows of the table have it. */
const CHECKS: Readonly<Record<EpochCheckId, string>> = {
  hash: 'The hash that was asked for',
  ownShares: 'Loadings leave each factor a share of its own',
  optionGrids: 'Option grids from the risk weights',
  scenarios: 'Scenario rows from factors and weights',
  namedCrashes: 'Named crashes after all other rows',
  dailyVolatilities: 'Contracts and claims as volatile as their asset',
}

/** The verification for a terminal, ending in a line break. */
export function verificationTerminal(report: EpochVerification, file: string, style: Ink): string {
  const ink = { ...style, columns: Math.min(style.columns, WIDEST) }
  const title = { modelVersion: `${report.model}/${report.id}`, epochHash: report.hash }
  return joinedSections([
    titleLines('epoch verify', file, title, ink),
    verdict(report, ink),
    faultLines(report, ink),
    countLines(report, ink),
    checkLines(report, ink),
    closingLines(report, file, ink),
  ])
}

function verdict({ checks, counts }: EpochVerification, ink: Ink): readonly string[] {
  const [asked, figures] = [checks.filter(({ id }) => id === 'hash'), checks.filter(({ id }) => id !== 'hash')]
  const compared = printedCount(figures.reduce((sum, check) => sum + check.compared, 0))
  const faults = allFaults(figures).length
  const isOther = allFaults(asked).length > 0
  if (faults > 0) {
    const other = isOther ? '; nor is it the epoch that was asked for' : ''
    const verb = faults === 1 ? 'does' : 'do'
    const says = `${printedCount(faults)} of ${compared} figures ${verb} not follow from the others${other}`
    return verdictLines('BROKEN', says, 'bad', ink)
  }
  const says =
    counts === null
      ? 'its models read it; nothing in it follows from anything else'
      : `its models read it, and ${compared} figures follow from the others`
  if (isOther) return verdictLines('ANOTHER', `not the epoch that was asked for; ${says}`, 'bad', ink)
  return verdictLines('VERIFIED', says, 'good', ink)
}

function faultLines({ checks }: EpochVerification, ink: Ink): readonly string[] {
  const faults = allFaults(checks)
  const shown = faults.slice(0, MOST_FAULTS)
  const more = faults.length - shown.length
  return [
    ...shown.flatMap(({ field, row, expected, got }) => [
      ...labelledLines('at', row === null ? field : `${field}, row ${JSON.stringify(row)}`, 'plain', ink),
      ...labelledLines('needs', expected, 'plain', ink),
      ...labelledLines('got', got, 'plain', ink),
    ]),
    ...(more > 0 ? [drawn([from(2, `… and ${printedCount(more)} more; --json lists them`, 'dim')], ink)] : []),
  ]
}

function allFaults(checks: readonly EpochCheck[]): readonly EpochFault[] {
  return checks.flatMap(({ faults }) => faults)
}

function countLines({ counts }: EpochVerification, ink: Ink): readonly string[] {
  if (counts === null) return []
  const { factors, assets, underlyings, scenarios, namedCrashes, windows, windowColumns } = counts
  const rows: readonly (readonly [label: string, count: number, note?: string])[] = [
    ['Risk factors', factors],
    ['Assets', assets],
    ['Underlyings of contracts', underlyings],
    ['Scenarios', scenarios, `${printedCount(namedCrashes)} of them named crashes`],
    ['Windows', windows, `of ${printedCount(windowColumns)} factors`],
  ]
  return [
    drawn([from(2, 'IT HOLDS')], ink),
    ...rows.map(([label, count, note = '']) =>
      drawn([from(2, label), upTo(36, printedCount(count)), from(39, note, 'dim')], ink),
    ),
  ]
}

function checkLines({ checks }: EpochVerification, ink: Ink): readonly string[] {
  if (checks.length === 0) return []
  return [
    drawn([from(2, 'IT FOLLOWS'), upTo(COMPARED, 'compared', 'dim'), upTo(DIFFER, 'differ', 'dim')], ink),
    ...checks.map(({ id, compared, faults }) =>
      drawn(
        [
          from(2, CHECKS[id]),
          upTo(COMPARED, printedCount(compared)),
          upTo(
            DIFFER,
            faults.length === 0 ? 'none' : printedCount(faults.length),
            faults.length === 0 ? 'plain' : 'loss',
          ),
        ],
        ink,
      ),
    ),
  ]
}

function closingLines(report: EpochVerification, file: string, ink: Ink): readonly string[] {
  const { hash, canonicalText, source, sections, provenance, verified } = report
  const text = canonicalText
    ? 'canonical: sha256sum prints the same digits'
    : 'laid out otherwise than canonical JSON, of which the hash is; it says the same'
  const unread = sections.filter(({ read }) => !read).map(({ id }) => id)
  return [
    ...labelledLines('hash', hash, 'dim', ink),
    ...labelledLines('text', text, 'dim', ink),
    ...(source === null ? [] : labelledLines('source', source, 'dim', ink)),
    ...(unread.length === 0
      ? []
      : labelledLines('NOTE', `no model of this build reads the section ${unread.join(', ')}`, 'plain', ink)),
    ...(provenance === null ? [] : labelledLines('origin', originText(provenance), 'dim', ink)),
    ...(verified ? labelledLines('again', `plimsoll epoch verify ${quotedWord(file)} --hash ${hash}`, 'dim', ink) : []),
  ]
}

function originText(provenance: NonNullable<EpochVerification['provenance']>): string {
  return `provenance: ${Object.keys(provenance).join(', ')}; part of the hash`
}
