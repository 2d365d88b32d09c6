import { expect, test } from 'vitest'
import { answerMargin } from './answer-portfolio.ts'
import { marginPieces } from './report-pieces.ts'
import { request, TRADER } from './trader.test-data.ts'

const SHORT = { id: 1, mode: 'isolated', balances: { ETH: '1', USDC: '-1990' } }

function joined(document: object): {
  readonly text: string
  readonly count: number
  readonly anyLiquidatable: boolean
} {
  const answer = marginPieces(request(document))
  if (!answer.ok) throw new Error('refused')
  let [text, count] = ['', 0]
  for (;;) {
    const next = answer.pieces.next()
    if (next.done === true) return { text, count, anyLiquidatable: next.value.anyLiquidatable }
    text += next.value
    count += 1
  }
}

test.each([
  ['one netting set', TRADER, false],
  // 2000 - 1990 * 0.9998 = 10.398, which is less than a tenth of the ether.
  ['two, one of them to be liquidated', { ...TRADER, buckets: [SHORT] }, true],
])('%s: the pieces are the report, one for each netting set between a head and an end', (_, document, liquidated) => {
  const whole = answerMargin(request(document))
  if (!whole.ok) throw new Error('refused')
  const { text, count, anyLiquidatable } = joined(document)
  expect(text).toBe(JSON.stringify(whole.report))
  expect(count).toBe(whole.report.nettingSets.length + 2)
  expect(anyLiquidatable).toBe(liquidated)
})

test('what is wrong is told before the first piece', () => {
  expect(marginPieces(request({ ...TRADER, balances: { XYZ: '1' } }))).toMatchObject({ ok: false })
})
