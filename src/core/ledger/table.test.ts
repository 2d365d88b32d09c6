import fc from 'fast-check'
import { expect, test } from 'vitest'
import { overlayTable } from './table.ts'

type Step = readonly ['set', string, number] | readonly ['delete', string]

const key = fc.constantFrom('a', 'b', 'c', 'd')
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(fc.constant('set' as const), key, fc.nat(9)),
  fc.tuple(fc.constant('delete' as const), key),
)

test('INV-LEDGER-5: an overlay answers as a Map with the same history does, and its base never changes', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.nat(9))), fc.array(step, { maxLength: 12 }), (rows, steps) => {
      const base: ReadonlyMap<string, number> = new Map(rows)
      const before = [...base]
      const [model, overlay] = [new Map(base), overlayTable(base)]
      for (const [kind, at, row] of steps) {
        if (kind === 'delete') expect(overlay.delete(at)).toBe(model.delete(at))
        else for (const table of [model, overlay]) table.set(at, row)
      }
      for (const at of ['a', 'b', 'c', 'd', 'e']) expect(overlay.get(at)).toBe(model.get(at))
      expect(new Map(overlay.entries())).toEqual(model)
      expect([...overlay.entries()].length).toBe(model.size)
      expect([...overlay.values()]).toEqual([...overlay.entries()].map(([, row]) => row))
      expect([...base]).toEqual(before)
    }),
  )
})

test('an overlay on an overlay reads through both', () => {
  const base = new Map([
    ['a', 1],
    ['b', 2],
  ])
  const lower = overlayTable(base)
  lower.set('a', 10)
  lower.delete('b')
  const upper = overlayTable(lower)
  upper.set('c', 3)
  expect([...upper.entries()]).toEqual([
    ['a', 10],
    ['c', 3],
  ])
  upper.set('b', 20)
  expect([upper.get('b'), lower.get('b'), base.get('b')]).toEqual([20, undefined, 2])
})

test('deleting what only the overlay holds says that it was there', () => {
  // It used to answer false, because only the base was asked.
  const overlay = overlayTable<string, number>(new Map())
  overlay.set('a', 1)
  expect([overlay.delete('a'), overlay.delete('a')]).toEqual([true, false])
})
