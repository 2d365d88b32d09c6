import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AssetId } from '../../core/instrument/identifier.ts'
import { decodePortfolio } from './decode-portfolio.ts'
import { encodePortfolio } from './encode-portfolio.ts'
import type { PortfolioFile } from './portfolio-file.ts'
import { printProblems } from './problem.ts'
import { documentDrawn, drawFrom, type Fields, shuffledKeys } from './random-portfolio.test-data.ts'

const NUMBERS = fc.array(fc.nat(), { minLength: 0, maxLength: 1_500, size: 'max' })
const DOCUMENT = NUMBERS.map(documentDrawn)
const ALONE = { asOf: undefined, prices: [], readFile: () => ({ ok: false, reason: 'no such file' }) as const }

function read(text: string): PortfolioFile {
  const decoded = decodePortfolio({ name: 'a.json', text }, ALONE)
  if (!decoded.ok) throw new Error(printProblems(decoded.problems))
  return decoded.portfolio
}

/** Atoms by hand, not by the reader's own arithmetic. */
function atoms(text: string): bigint {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.')
  const size = BigInt(`${whole}${(fraction + '0'.repeat(18)).slice(0, 18)}`)
  return text.startsWith('-') ? -size : size
}

test('what is read and written again is read as the same, and written as the same text', () => {
  fc.assert(
    fc.property(DOCUMENT, fc.constantFrom(undefined, 2), (document, indent) => {
      const first = read(JSON.stringify(document, undefined, indent))
      const text = encodePortfolio(first)
      const second = read(text)
      expect(second).toEqual(first)
      expect(encodePortfolio(second)).toBe(text)
    }),
    { numRuns: 400 },
  )
})

test('the order of keys has no meaning', () => {
  fc.assert(
    fc.property(DOCUMENT, NUMBERS, (document, ranks) => {
      const other = shuffledKeys(document, drawFrom(ranks))
      expect(encodePortfolio(read(JSON.stringify(other)))).toBe(encodePortfolio(read(JSON.stringify(document))))
    }),
    { numRuns: 200 },
  )
})

test('every balance, quantity and mark is the number that was written', () => {
  fc.assert(
    fc.property(DOCUMENT, (document) => {
      const { accounts, assetPrices } = read(JSON.stringify(document))
      const written = document['accounts'] === undefined ? [document] : (document['accounts'] as readonly Fields[])
      accounts.forEach(({ pool, buckets }, index) => {
        const said = written[index] ?? {}
        compare(pool, said)
        for (const { id, content } of buckets)
          compare(content, (said['buckets'] as readonly Fields[]).find((one) => one['id'] === id) ?? {})
      })
      for (const [id, price] of Object.entries(document['prices'] as Fields)) {
        const mark = typeof price === 'string' ? price : ((price as Fields)['mark'] as string)
        const decoded = assetPrices.get(id as AssetId)
        if (decoded !== undefined) expect(decoded.mark).toBe(atoms(mark))
      }
    }),
    { numRuns: 200 },
  )
})

function compare({ balances, positions }: PortfolioFile['accounts'][number]['pool'], said: Fields): void {
  const written = Object.entries((said['balances'] ?? {}) as Fields).map(([id, text]) => [id, atoms(text as string)])
  expect(new Map(balances)).toEqual(new Map(written as [AssetId, bigint][]))
  const quantities = ((said['positions'] ?? []) as readonly Fields[]).map((one) => atoms(one['quantity'] as string))
  expect(positions.map(({ quantity }) => quantity)).toEqual(quantities)
}
