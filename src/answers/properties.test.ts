import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDecimal18 } from '../core/quantity/decimal.ts'
import { decodeMarginReport } from '../wire/decode.ts'
import { documentDrawn } from '../wire/portfolio/random-portfolio.test-data.ts'
import { answerMargin } from './answer-portfolio.ts'
import { checkBreakdowns } from './check-breakdown.ts'
import { EPOCH, request } from './trader.test-data.ts'

const DOCUMENT = fc.array(fc.nat(), { minLength: 0, maxLength: 1_500, size: 'max' }).map(documentDrawn)
const epoch = { name: 'epoch.json', text: JSON.stringify(EPOCH) }

function sum(amounts: readonly string[]): bigint {
  return amounts.reduce((total, amount) => {
    const parsed = parseDecimal18(amount)
    return total + (parsed.ok ? parsed.atoms : 0n)
  }, 0n)
}

test('INV-ANSWER-1: a portfolio that can be read is answered or refused; rows, attribution and breakdown add up to what is shown', () => {
  let answered = 0
  fc.assert(
    fc.property(DOCUMENT, (document) => {
      const answer = answerMargin(request(document, { model: 'standard', epoch }))
      if (!answer.ok) {
        expect(answer.problems.kept.length).toBeGreaterThan(0)
        return
      }
      answered += answer.report.nettingSets.length
      expect(decodeMarginReport(JSON.parse(JSON.stringify(answer.report))).ok).toBe(true)
      expect(checkBreakdowns(answer.report).faults).toEqual([])
      for (const set of answer.report.nettingSets) {
        const rows = [...set.collateral, ...set.borrows, ...set.positions]
        expect(sum(rows.map(({ value }) => value))).toBe(sum([set.netLiquidationValue]))
        expect(sum(set.attribution.map((row) => row.initialMargin))).toBe(sum([set.initialMargin]))
        expect(sum([set.initialMargin])).toBeGreaterThanOrEqual(sum([set.maintenanceMargin]))
      }
    }),
    // Shrinking a document of 1,500 draws tries thousands of them, for minutes; the one that failed says enough.
    { numRuns: 300, endOnFailure: true },
  )
  // Of 300 documents a third are answered, give or take; some have two or three netting sets.
  expect(answered).toBeGreaterThan(50)
})
