import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { assetId } from '../../src/core/instrument/identifier.ts'
import { decodePlimsoll1 } from '../../src/core/margin/models/plimsoll-1/decode-parameters.ts'
import { plimsoll1 } from '../../src/core/margin/models/plimsoll-1/plimsoll-1.ts'
import { prepareEpoch } from '../../src/core/margin/models/plimsoll-1/prepare-epoch.ts'
import type { PreparedEpoch } from '../../src/core/margin/models/plimsoll-1/measured-epoch.ts'
import { elsewheres, ordersOf, portfolios, sections, TIME, views } from './random-world.ts'
import { referenceRequirement } from './requirement-reference.ts'
import type { SectionDocument } from './section-document.ts'
import { usefulSize } from './size-free-reference.ts'

const RUNS = Number(process.env['PLIMSOLL_REFERENCE_RUNS'] ?? '300')

function epochOf(section: unknown): PreparedEpoch {
  const decoded = decodePlimsoll1(section)
  if (!decoded.ok) throw new Error(`${decoded.field}: expected ${decoded.expected}, found ${decoded.found}`)
  return prepareEpoch(decoded.parameters)
}

const FILE = join(import.meta.dirname, '../../epochs/provisional-2026-11.json')
const document = JSON.parse(readFileSync(FILE, 'utf8')) as { sections: { 'plimsoll-1': SectionDocument } }
const provisional = document.sections['plimsoll-1']
const provisionalEpoch = epochOf(provisional)

const worlds = fc.record({ portfolio: portfolios, market: views, orders: ordersOf(3), elsewhere: elsewheres })

test('INV-MARGIN-8: with random epochs, portfolios and orders, both sides are those of the reference, to the last unit', () => {
  fc.assert(
    fc.property(sections, worlds, (section, world) => {
      const input = { ...world, time: TIME, parameters: epochOf(section) }
      const wanted = referenceRequirement(section, { ...world, time: TIME })
      const { value, requirement } = plimsoll1.maintenance(input)
      const got = { value, maintenance: requirement, initial: plimsoll1.initial(input).requirement }
      expect(got).toEqual(wanted)
    }),
    { numRuns: RUNS, interruptAfterTimeLimit: 20_000 },
  )
}, 120_000)

test('INV-MARGIN-8: with the provisional epoch', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const input = { ...world, time: TIME, parameters: provisionalEpoch }
      const wanted = referenceRequirement(provisional, { ...world, time: TIME })
      const { value, requirement } = plimsoll1.maintenance(input)
      const got = { value, maintenance: requirement, initial: plimsoll1.initial(input).requirement }
      expect(got).toEqual(wanted)
    }),
    { numRuns: 10, interruptAfterTimeLimit: 20_000 },
  )
}, 120_000)

test('a useful size is the one of the reference, for every asset of the provisional epoch', () => {
  for (const asset of Object.keys(provisional.assets))
    expect([asset, provisionalEpoch.usefulSizeOf(assetId(asset))]).toEqual([asset, usefulSize(provisional, asset)])
}, 60_000)
