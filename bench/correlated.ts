import { sqrtCeil } from '../src/core/quantity/rounding.ts'
import { value } from '../src/core/quantity/value.ts'
import { factorId } from '../src/core/instrument/identifier.ts'
import { attribution } from '../src/core/margin/models/plimsoll-1/attribution.ts'
import { correlatedMargin, type Exposures } from '../src/core/margin/models/plimsoll-1/correlated.ts'
import { decodeFactorModel } from '../src/core/margin/models/plimsoll-1/factor-model.ts'
import { type Random, randomFrom } from '../src/replay/population/random.ts'
import { type Matrix, type PairwiseFactor, pairwiseForm, regimeMatrices } from '../simulator/margin/pairwise.ts'

const EXPOSURES = 16
const ACCOUNTS = 500
const ROUNDS = 7
const WEIGHTS = { oneWeightPpm: 200_000, breakWeightPpm: 100_000 }
const CREDITED = 800_000

interface Book {
  readonly atoms: readonly bigint[]
  readonly exposures: Exposures
}

/** Exact correlated margins per second of accounts with 16 linear exposures: the factor model, and sums over all pairs beside it. */
export function measureCorrelated(): readonly string[] {
  const random = randomFrom(7)
  const factors = Array.from({ length: EXPOSURES }, () => factorFrom(random))
  const books = Array.from({ length: ACCOUNTS }, () => bookFrom(random))
  const rows = Object.fromEntries(factors.map((row, i) => [`F${i}`, { ...row, earnsOffset: true }]))
  const decoded = decodeFactorModel({ ...WEIGHTS, creditedSharePpm: CREDITED, factors: rows })
  if (!decoded.ok) throw new Error(`${decoded.field}: expected ${decoded.expected}`)
  const model = decoded.parameters
  const matrices = regimeMatrices(factors, WEIGHTS)
  const ways: readonly Way[] = [
    { name: 'factor model', sum: () => total(books, ({ exposures }) => correlatedMargin(exposures, model).total) },
    { name: 'all pairs, matrices kept', sum: () => total(books, (book) => pairwiseMargin(book, factors, matrices)) },
    {
      name: 'all pairs, matrices from loadings',
      sum: () => total(books, (book) => pairwiseMargin(book, factors, regimeMatrices(factors, WEIGHTS))),
    },
    {
      name: 'factor model with attribution',
      sum: () => total(books, ({ exposures }) => attribution(exposures, model).reduce((sum, c) => sum + c.value, 0n)),
    },
  ]
  return [
    `Exact correlated margins, ${ACCOUNTS} accounts of ${EXPOSURES} exposures; one core, medians of ${ROUNDS}`,
    '| way | accounts/s | microseconds each | time / factor model |',
    '| --- | ---: | ---: | ---: |',
    ...tableOf(ways),
  ]
}

interface Way {
  readonly name: string
  readonly sum: () => bigint
}

function tableOf(ways: readonly Way[]): readonly string[] {
  const times = ways.map((): number[] => [])
  // In turn, so that a busy moment of the machine hits all; the first round warms up. All must charge the same.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const sums = ways.map(({ sum }, i) => {
      const started = performance.now()
      const charged = sum()
      if (round > 0) times[i]?.push((1_000 * (performance.now() - started)) / ACCOUNTS)
      return charged
    })
    if (new Set(sums).size > 1) throw new Error(`the ways differ: ${sums.join(', ')}`)
  }
  const each = times.map(median)
  return ways.map(({ name }, i) => {
    const microseconds = each[i] ?? Number.NaN
    const perSecond = Math.round(1e6 / microseconds).toLocaleString('en')
    return `| ${name} | ${perSecond} | ${microseconds.toFixed(1)} | ${(microseconds / (each[0] ?? Number.NaN)).toFixed(1)} |`
  })
}

function total(books: readonly Book[], margin: (book: Book) => bigint): bigint {
  let sum = 0n
  for (const book of books) sum += margin(book)
  return sum
}

/** c K + (1 - c) G and one unit per exposure, the forms over all pairs. */
function pairwiseMargin({ atoms }: Book, factors: readonly PairwiseFactor[], matrices: readonly Matrix[]): bigint {
  const forms = matrices.map((matrix) => pairwiseForm(matrix, factors, atoms))
  const worst = forms.reduce((most, form) => (form > most ? form : most), 0n)
  const plain = factors.reduce((sum, { riskWeightPpm }, i) => sum + size(BigInt(riskWeightPpm) * (atoms[i] ?? 0n)), 0n)
  const credited = BigInt(CREDITED)
  const root = sqrtCeil(ceiling(credited * credited * worst, 10n ** 42n))
  return root + ceiling(plain * (1_000_000n - credited), 10n ** 12n) + BigInt(atoms.length)
}

function ceiling(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor
}

function size(x: bigint): bigint {
  return x < 0n ? -x : x
}

/** Risk weights of 5% to 30%, correlations of about 0.3 to 0.8. */
function factorFrom(random: Random): PairwiseFactor {
  const around = (most: number) => random.below(2 * most) - most
  const loadingsPpm = [600_000 + random.below(250_000), around(200_000), around(200_000), around(100_000)]
  return { riskWeightPpm: 50_000 + random.below(250_000), loadingsPpm, marketFallSign: -1 }
}

/** From 1 USD to 1,000,000 USD, long or short, to the atom; never zero. */
function bookFrom(random: Random): Book {
  const atoms = Array.from({ length: EXPOSURES }, () => {
    const amount = BigInt(1 + random.below(1_000_000)) * 10n ** 18n + BigInt(random.below(1_000_000_000))
    return random.below(2) === 0 ? amount : -amount
  })
  return { atoms, exposures: new Map(atoms.map((one, i) => [factorId(`F${i}`), value(one)])) }
}

function median(times: number[]): number {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN
}
