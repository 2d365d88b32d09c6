import type { Mutant } from './mutant.ts'

const RAMP = 'src/core/clearing/epoch-ramp.test.ts'
const BLEND = 'src/core/margin/blended.test.ts'

/** Bugs in how an epoch comes in. */
export const rampMutants: readonly Mutant[] = [
  {
    id: 'new-epoch-charged-at-once',
    file: 'src/core/clearing/epoch-ramp.ts',
    find: '  if (ramp === undefined) return risk\n',
    replace: '  return risk\n',
    tests: [RAMP],
    why: 'A new epoch would liquidate by a step.',
  },
  {
    id: 'interrupted-ramp-runs-on',
    file: 'src/core/clearing/epoch-ramp.ts',
    find: 'from: ruleAt(from, startedAt)',
    replace: 'from: ruleAt(from, time)',
    tests: [RAMP],
    why: 'During an emergency the ramp it interrupted would come in beside it.',
  },
  {
    id: 'emergency-forgets-the-ramp',
    file: 'src/core/clearing/epoch-ramp.ts',
    find: 'ramp: rampAt(current, terms.startedAt) }, next)',
    replace: 'ramp: undefined }, next)',
    tests: [RAMP],
    why: 'An emergency would begin by charging in full what was only coming in.',
  },
  {
    id: 'emergencies-cut-in-on-emergencies',
    file: 'src/core/clearing/epoch-ramp.ts',
    find: '(running.emergency || !emergency)',
    replace: '!emergency',
    tests: [RAMP],
    why: 'A chain of emergencies would evaluate ever more epochs.',
  },
  {
    id: 'unknown-to-the-old-epoch-waits',
    file: 'src/core/clearing/epoch-ramp.ts',
    find: 'parameters: completed ?? older.parameters',
    replace: 'parameters: older.parameters',
    tests: [RAMP],
    why: 'A new collateral would be worth nothing for a day.',
  },
  {
    id: 'old-rows-replaced-by-new',
    file: 'src/core/margin/models/standard/completed.ts',
    find: '[...newer[which].markets, ...older[which].markets]',
    replace: '[...older[which].markets, ...newer[which].markets]',
    tests: [RAMP, 'src/core/margin/models/standard/properties.test.ts'],
    why: 'The old epoch would charge contracts by the new one at once.',
  },
  {
    id: 'lower-margin-at-once',
    file: 'src/core/margin/blend.ts',
    find: 'elapsed: blend.hasLoosened ? whole : 0n',
    replace: 'elapsed: whole',
    tests: [RAMP, BLEND],
    why: 'Lower requirements would not wait for the loosening delay.',
  },
  {
    id: 'new-risk-by-the-new-epoch-alone',
    file: 'src/core/margin/blended.ts',
    find: 'larger(before.requirement, now.requirement)',
    replace: 'now.requirement',
    tests: [RAMP, BLEND],
    why: 'While a lower epoch comes in, IM could be below MM.',
  },
  {
    id: 'ramp-rounded-down',
    file: 'src/core/quantity/ramp-share.ts',
    find: 'from + divCeil(',
    replace: 'from + divFloor(',
    tests: ['src/core/quantity/ramp-share.test.ts'],
    why: 'A blend would be rounded in favour of the member.',
  },
  {
    id: 'plan-by-the-new-epoch-alone',
    file: 'src/core/clearing/decide-liquidate.ts',
    find: 'const { model, parameters } = ruleAt(risk, time)',
    replace: 'const { model, parameters } = risk',
    tests: [RAMP],
    why: 'A liquidation would close as much as the whole new margin asks for.',
  },
  {
    id: 'snapshot-without-the-ramp',
    file: 'src/journal/state-codec.ts',
    find: 'adoptedRisk({ epoch, ramp })',
    replace: 'adoptedRisk({ epoch })',
    tests: ['src/journal/journal.test.ts'],
    why: 'After a restart the new epoch would be charged in full.',
  },
]
