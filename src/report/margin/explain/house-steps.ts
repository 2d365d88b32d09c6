import type { BreakdownNode, NettingSetReport } from '../../../wire/margin-report.ts'

/** The parts of a requirement of the house model, as its tree has them. */
export interface HouseSteps {
  readonly larger: BreakdownNode
  readonly correlated: BreakdownNode
  readonly scenario: BreakdownNode
  readonly history: BreakdownNode
  /** Of which only the largest counts, beside the three above. */
  readonly floors: readonly BreakdownNode[]
  readonly addOns: readonly BreakdownNode[]
  readonly initial: InitialSteps
}

export interface InitialSteps {
  readonly larger: BreakdownNode
  /** What decided it; undefined if nothing is asked. */
  readonly binding: BreakdownNode | undefined
  readonly addOns: readonly BreakdownNode[]
}

/** The steps of a netting set; undefined if its trees are not those of the house model. */
export function houseSteps({ breakdown, initialBreakdown }: NettingSetReport): HouseSteps | undefined {
  const larger = termOf(breakdown, 'larger')
  const counted = termOf(initialBreakdown, 'counted')
  const initialLarger = termOf(counted ?? initialBreakdown, 'larger')
  if (larger === undefined || initialLarger === undefined) return undefined
  const [correlated, scenario, history] = ['correlated', 'scenario', 'history'].map((id) => termOf(larger, id))
  if (correlated === undefined || scenario === undefined || history === undefined) return undefined
  const initialTerms = [...(initialBreakdown.terms ?? []), ...(counted?.terms ?? [])]
  return {
    larger,
    correlated,
    scenario,
    history,
    floors: (larger.terms ?? []).filter((term) => ![correlated, scenario, history].includes(term)),
    addOns: (breakdown.terms ?? []).filter((term) => term !== larger),
    initial: {
      larger: initialLarger,
      binding: initialLarger.terms?.find(({ binding }) => binding === true),
      addOns: initialTerms.filter((term) => term !== initialLarger && term !== counted),
    },
  }
}

/** The term of that id, if there is one. */
export function termOf({ terms }: BreakdownNode, id: string): BreakdownNode | undefined {
  return terms?.find((term) => term.id === id)
}
