import type { MarginReport } from '../../../wire/margin-report.ts'
import { escapedJson } from '../../html/escaped.ts'
import { pageHtml } from '../../html/page-frame.ts'
import { worstFirst } from '../set-figures.ts'
import { attributionSection } from './attribution-section.ts'
import { correlationSection } from './correlation-section.ts'
import { derivationSection } from './derivation-section.ts'
import { nodeAnchors } from './derivation-tree.ts'
import { exposureSection } from './exposure-section.ts'
import { heroSection } from './hero-section.ts'
import { collateralSection, positionSection } from './holdings-section.ts'
import { MARGIN_SCRIPT } from './margin-script.ts'
import { MARGIN_STYLE } from './margin-style.ts'
import { notesSection } from './notes-section.ts'
import { overviewSection } from './overview-section.ts'
import { momentText, provenanceSection } from './provenance-section.ts'
import type { ShownSet } from './shown-set.ts'
import { stressData } from './stress-data.ts'
import { stressSection } from './stress-section.ts'
import { worthSection } from './worth-section.ts'

/** What a page says beside the report. */
export interface PageRequest {
  /** The portfolio as it was typed. */
  readonly file: string
  /** What to type to have the page again. */
  readonly again: string
  /** What to type to have every number worked out again. */
  readonly check: string
  /** Every netting set in full, not only the worst. */
  readonly all: boolean
}

/** Each adds some 50 kB. */
const MOST_IN_FULL = 6

/** The report as one HTML file that needs nothing else: the answer first, then where every number of it comes from. */
export function marginPage(report: MarginReport, request: PageRequest): string {
  const sets = worstFirst(report.nettingSets)
  const isOneOfMany = sets.length > 1
  const inFull = (request.all ? sets : sets.slice(0, MOST_IN_FULL)).map((set, key): ShownSet => {
    return { set, report, key, isOneOfMany }
  })
  const [model = '', epoch = ''] = report.modelVersion.split(/\/(.*)/s)
  const name = request.file.split('/').at(-1) ?? request.file
  const data = Object.fromEntries(inFull.flatMap(({ set, key }) => [[key, stressData(set)]]))
  const main = [
    isOneOfMany ? overviewSection(sets, inFull) : '',
    ...inFull.map((shown) => setSections(shown, request)),
    provenanceSection(report, [request.again, request.check]),
    notesSection(report),
    `<script type="application/json" id="data">${escapedJson(data)}</script>`,
  ]
  return pageHtml({
    title: `${name}: Plimsoll margin`,
    kind: name,
    asked: `${model} · epoch ${epoch} · ${momentText(report)}`,
    main: main.join(''),
    foot: [
      `epoch ${report.epochHash.slice(0, 19)}…`,
      `inputs ${report.inputsHash.slice(0, 19)}…`,
      'Decided exactly, shown rounded against the member',
    ],
    style: MARGIN_STYLE,
    script: MARGIN_SCRIPT,
  })
}

function setSections(shown: ShownSet, { check }: PageRequest): string {
  const anchors = nodeAnchors(shown.set.breakdown, `mm-${shown.key}`)
  const left = [worthSection, stressSection, collateralSection, positionSection].map((section) => section(shown))
  const right = [attributionSection(shown), correlationSection(shown), exposureSection(shown, anchors)]
  return `${heroSection(shown)}<div class="s7 stack">${left.join('')}</div><div class="s5 stack">${right.join('')}</div>${derivationSection(shown, anchors, check)}`
}
