import type { BreakdownNode, NettingSetReport } from '../../../wire/margin-report.ts'
import { atomsOf, centsUp } from '../../amount.ts'
import { printedCents } from '../../figure.ts'
import { sharedSteps } from '../../shared-steps.ts'
import type { Ink } from '../../terminal/pen.ts'
import { setFigures } from '../set-figures.ts'
import type { HouseSteps } from './house-steps.ts'
import { stepLine, wordLine } from './step-line.ts'

const ATOMS_PER_CENT = 10n ** 16n

/** Step 4: what is charged beside the risk measure, adding up as shown, and what was not charged. */
export function addOnStep(set: NettingSetReport, steps: HouseSteps, ink: Ink): readonly string[] {
  const { addOns, initial } = steps
  const cents = sharedSteps(
    addOns.map(({ value }) => atomsOf(value)),
    { total: addOnCents(set, steps), step: ATOMS_PER_CENT },
  )
  const charged = addOns.flatMap((node, i) =>
    atomsOf(node.value) === 0n ? [] : stepLine(LABELS.get(node.id) ?? node.id, printedCents(cents[i] ?? 0n), {}, ink),
  )
  const onlyInitial = initial.addOns.filter(({ id }) => !addOns.some((node) => node.id === id))
  const alsoInitial = onlyInitial.flatMap((node) =>
    atomsOf(node.value) === 0n
      ? []
      : stepLine(
          LABELS.get(node.id) ?? node.id,
          printedCents(centsUp(atomsOf(node.value))),
          { said: 'in IM only' },
          ink,
        ),
  )
  return [...charged, ...alsoInitial, ...notCharged([...addOns, ...onlyInitial], ink)]
}

/** What the add-ons of the maintenance side are together, so that they add up with the part above them. */
export function addOnCents(set: NettingSetReport, { larger }: HouseSteps): bigint {
  return setFigures(set).maintenanceMargin - centsUp(atomsOf(larger.value))
}

function notCharged(nodes: readonly BreakdownNode[], ink: Ink): readonly string[] {
  const none = nodes.filter(({ value }) => atomsOf(value) === 0n).map(({ id }) => NOT_CHARGED.get(id) ?? id)
  return none.length === 0 ? [] : wordLine('not charged', none.join(', '), ink)
}

const LABELS: ReadonlyMap<string, string> = new Map([
  ['liquidity', 'liquidity  half spread + impact'],
  ['inFull', 'in full    no collateral, or not in the epoch'],
  ['keeper', 'keeper     flat fee + share of contracts, debts'],
  ['shortOptionMinimum', 'options    least charge of net short options'],
  ['concentration', 'crowding   what the venue holds too much of'],
  ['oracle', 'oracle     prices of low confidence'],
  ['prudence', 'prudence   worse of mark, smoothed, bid, ask'],
  ['orders', 'orders     limits worse than the mark'],
  ['aboveAccountCap', 'cap        held above the cap of an account'],
])

/** With the reason, where it is always the same. */
const NOT_CHARGED: ReadonlyMap<string, string> = new Map([
  ['liquidity', 'liquidity (nothing to close)'],
  ['inFull', 'in full (all in the epoch)'],
  ['keeper', 'keeper (no contracts, no debts)'],
  ['shortOptionMinimum', 'short options (none)'],
  ['concentration', 'crowding (venue not crowded)'],
  ['oracle', 'oracle (prices sure enough)'],
  ['prudence', 'prudence (no worse price)'],
  ['orders', 'orders (none at worse limits)'],
])
