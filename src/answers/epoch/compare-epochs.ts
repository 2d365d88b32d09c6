import type {
  DifferenceVerdict,
  EpochDifference,
  EpochName,
  FieldChange,
  Figure,
  FigureChange,
  RiskWeightSummary,
} from '../../wire/epoch-report.ts'
import { correlationChanges } from './correlation-changes.ts'
import { figureChanges, figuresOf, isSameFigure } from './figure-changes.ts'
import { HOUSE, type OpenedEpoch } from './open-epoch.ts'
import { scenarioChanges, windowChanges } from './scenario-changes.ts'

/** What changed from one epoch to another: every row, every figure, the largest correlations; scenarios and windows in summary. */
export function compareEpochs(before: OpenedEpoch, after: OpenedEpoch): EpochDifference {
  const { rows, figures } = figureChanges(before, after)
  const changes = {
    rows,
    figures,
    correlations: correlationChanges(before.house, after.house),
    scenarios: scenarioChanges(before.house, after.house),
    windows: windowChanges(before.house, after.house),
    others: otherChanges(before, after),
  }
  const effects = countedEffects([...rows, ...figures])
  return {
    format: 'plimsoll epoch difference v1',
    before: nameOf(before),
    after: nameOf(after),
    verdict: verdictOf(before, after, { ...changes, effects }),
    effects,
    riskWeights: riskWeightSummary(before, after, figures),
    ...changes,
  }
}

type Changes = Pick<EpochDifference, 'rows' | 'figures' | 'effects' | 'scenarios' | 'windows' | 'others'>

function verdictOf(before: OpenedEpoch, after: OpenedEpoch, changes: Changes): DifferenceVerdict {
  if (before.hash === after.hash) return 'same'
  const { rows, figures, effects, scenarios, windows, others } = changes
  if (before.epoch.model !== after.epoch.model) return 'changed'
  const { tighter, looser } = effects
  if (tighter > 0 && looser > 0) return 'mixed'
  if (tighter > 0) return 'tighter'
  if (looser > 0) return 'looser'
  const lists = [scenarios, windows].some(
    ({ added, removed, changed }) => added.length + removed.length + changed.length,
  )
  const isOther = others.some(({ field }) => !isLabel(field))
  const isFewer = windows.before !== windows.after
  return rows.length + figures.length > 0 || lists || isOther || isFewer ? 'changed' : 'relabelled'
}

function countedEffects(changes: readonly Pick<FigureChange, 'effect'>[]): EpochDifference['effects'] {
  const count = (effect: FigureChange['effect']) => changes.filter((one) => one.effect === effect).length
  return { tighter: count('tighter'), looser: count('looser'), neither: count('neither') }
}

function riskWeightSummary(
  before: OpenedEpoch,
  after: OpenedEpoch,
  figures: readonly FigureChange[],
): RiskWeightSummary {
  const [old, now] = [before, after].map(({ house }) => Object.keys(house?.factors ?? {}))
  const common = new Set(now)
  const changed = figures.filter(({ group }) => group === 'riskWeight')
  const rises = changed.filter(({ effect }) => effect === 'tighter')
  const falls = changed.filter(({ effect }) => effect === 'looser')
  return {
    compared: (old ?? []).filter((id) => common.has(id)).length,
    rise: rises.length,
    fall: falls.length,
    largestRise: largest(rises),
    largestFall: largest(falls),
  }
}

function largest(changes: readonly FigureChange[]): number | null {
  const sizes = changes.flatMap(({ relative }) => (relative === null ? [] : [relative]))
  return sizes.reduce<number | null>(
    (most, one) => (most === null || Math.abs(one) > Math.abs(most) ? one : most),
    null,
  )
}

/** What names an epoch and says where it comes from, and whatever stands in the sections of other models. */
function otherChanges(before: OpenedEpoch, after: OpenedEpoch): readonly FieldChange[] {
  const [old, now] = [otherFigures(before), otherFigures(after)]
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((field) => {
    const [from, to] = [old.get(field) ?? null, now.get(field) ?? null]
    return isSameFigure(from, to) ? [] : [{ field, before: from, after: to }]
  })
}

function otherFigures({ epoch, house }: OpenedEpoch): ReadonlyMap<string, Figure> {
  const { [HOUSE]: _house, ...sections } = epoch.sections
  const source = house === undefined ? {} : { [SOURCE]: house.source }
  const labels = Object.entries({ '$.id': epoch.id, '$.model': epoch.model, ...source })
  const others = Object.entries(sections).flatMap(([id, section]) => figuresOf(section, `$.sections.${id}`))
  return new Map<string, Figure>([...labels, ...others, ...figuresOf(epoch.provenance, PROVENANCE)])
}

const SOURCE = `$.sections["${HOUSE}"].source`
const PROVENANCE = '$.provenance'

function isLabel(field: string): boolean {
  return field === '$.id' || field === SOURCE || field.startsWith(PROVENANCE)
}

function nameOf({ epoch, hash }: OpenedEpoch): EpochName {
  return { id: epoch.id, model: epoch.model, hash }
}
