import { expect, test } from 'vitest'
import type { EpochDifference, RiskWeightSummary } from '../../wire/epoch-report.ts'
import { differenceSentence } from './difference-sentence.ts'

const STILL: RiskWeightSummary = { compared: 60, rise: 0, fall: 0, largestRise: null, largestFall: null }

function sentence(weights: Partial<RiskWeightSummary>, more: Partial<EpochDifference> = {}): string {
  const riskWeights = { ...STILL, ...weights }
  const name = { id: 'e', model: 'plimsoll-1', hash: 'sha256:00' }
  const nothing = { before: 0, after: 0, added: [], removed: [], changed: [] }
  return differenceSentence({
    format: 'plimsoll epoch difference v1',
    before: name,
    after: name,
    verdict: 'mixed',
    effects: { tighter: riskWeights.rise, looser: riskWeights.fall, neither: 0 },
    riskWeights,
    rows: [],
    figures: [],
    correlations: { compared: 0, changed: 0, pairs: [] },
    scenarios: nothing,
    windows: nothing,
    others: [],
    ...more,
  })
}

test('says how many weights rise and fall, and by how much at most', () => {
  expect(sentence({ rise: 41, largestRise: 0.18 })).toBe('41 of 60 risk weights rise, at most by 18.0 %')
  expect(sentence({ fall: 1, largestFall: -0.041 })).toBe('1 of 60 risk weights falls, at most by 4.1 %')
  const both = { rise: 41, fall: 12, largestRise: 0.18, largestFall: -0.041 }
  expect(sentence(both)).toBe('41 of 60 risk weights rise, at most by 18.0 %; 12 fall, at most by 4.1 %')
  expect(sentence({ rise: 1, compared: 1 })).toBe('1 of 1 risk weight rises')
})

test('says what else there is, and which way it goes', () => {
  const tighter = { effects: { tighter: 3, looser: 2, neither: 0 } }
  expect(sentence({ rise: 1, largestRise: 0.5 }, tighter)).toBe(
    '1 of 60 risk weights rises, at most by 50.0 %; other changes: 2 tighter, 2 looser',
  )
  expect(sentence({})).toBe('all 60 risk weights stand')
  const row = { table: 'markets', id: 'M', change: 'added', effect: 'neither', touches: 'whoever has M' } as const
  expect(sentence({}, { rows: [row] })).toBe('all 60 risk weights stand; what else changes has no direction')
  const after = { id: 'e', model: 'standard', hash: 'sha256:11' }
  expect(sentence({ compared: 0 }, { after })).toBe('the model in force becomes standard; no risk weights to compare')
})

test('says when nothing differs that anybody is charged', () => {
  expect(sentence({}, { verdict: 'same' })).toBe('both documents say the same')
  expect(sentence({}, { verdict: 'relabelled' })).toMatch(/^every figure is the same/)
})
