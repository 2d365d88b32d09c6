import type { Mutant } from './mutant.ts'

const MODEL = 'src/core/margin/models/plimsoll-1'
const BUILDER = 'src/estimate/epoch'
const DECODING = [`${MODEL}/decode-parameters.test.ts`]
const BUILDING = [`${BUILDER}/*.test.ts`]

/** Bugs in how an epoch of the house model is read, built and hashed. */
export const epochMutants: readonly Mutant[] = [
  {
    id: 'claim-needs-no-peg',
    file: `${MODEL}/decode-parameters.ts`,
    find: 'risk.claim === undefined ? priceFactor(id) : pegFactor(id)',
    replace: 'priceFactor(id)',
    tests: DECODING,
    why: 'A stablecoin could be listed without a weight for its peg.',
  },
  {
    id: 'options-need-no-vol',
    file: `${MODEL}/decode-parameters.ts`,
    find: "if (risk.option !== undefined) knownFactor(volatilityFactor(id), 'factors', model)",
    replace: '',
    tests: DECODING,
    why: 'An epoch would be adopted in which nobody weighs what options react to most.',
  },
  {
    id: 'initial-side-may-be-cheaper',
    file: `${MODEL}/decode-asset.ts`,
    find: 'if (isLess(figure, least)) throw',
    replace: 'if (false) throw',
    tests: DECODING,
    why: 'An initial share below that of maintenance would stop the engine at its first account.',
  },
  {
    id: 'columns-of-any-length',
    file: `${MODEL}/decode-scenario.ts`,
    find: '!Array.isArray(got) || got.length !== count',
    replace: '!Array.isArray(got)',
    tests: DECODING,
    why: 'Windows of two factors would be joined that are not of the same day.',
  },
  {
    id: 'grid-with-a-node-twice',
    file: `${MODEL}/decode-contract.ts`,
    find: '!isLess(before, one)',
    replace: 'isLess(one, before)',
    tests: DECODING,
    why: 'A chord between two equal nodes divides by zero.',
  },
  {
    id: 'moves-below-everything',
    file: `${MODEL}/section-figure.ts`,
    find: 'const MOVE: Bounds = { from: -1_000_000,',
    replace: 'const MOVE: Bounds = { from: -1_000_001,',
    tests: DECODING,
    why: 'Decoding would throw, not refuse, where a price falls by more than all of it.',
  },
  {
    id: 'holes-in-a-list',
    file: `${MODEL}/section-field.ts`,
    find: 'return [...got]',
    replace: 'return got',
    tests: DECODING,
    why: 'A window without a figure would be adopted.',
  },
  {
    id: 'others-move-with-themselves',
    file: `${BUILDER}/scenario-list.ts`,
    find: 'factor === own ? 1 : correlation(factor, own)',
    replace: 'factor === own ? 1 : correlation(factor, factor)',
    tests: BUILDING,
    why: 'In an own row the others would move by their own share, not as they are correlated.',
  },
  {
    id: 'residual-is-the-full-move',
    file: `${BUILDER}/scenario-list.ts`,
    find: 'Math.sqrt(1 - own.loadings.reduce((sum, one) => sum + one * one, 0)) * own.logMove',
    replace: 'own.logMove',
    tests: BUILDING,
    why: 'The offset that the correlated component grants would be undone.',
  },
  {
    id: 'own-volatility-at-its-mean',
    file: `${BUILDER}/scenario-list.ts`,
    find: 'movePpm === 0 ? others : { ...others, [id]: movePpm }',
    replace: 'movePpm === 0 ? moves : { ...others, [id]: movePpm }',
    tests: BUILDING,
    why: 'A row in which volatility stands still would move it.',
  },
  {
    id: 'market-wide-share-not-a-root',
    file: `${BUILDER}/scenario-list.ts`,
    find: 'Math.sqrt(oneWeightPpm / 1e6)',
    replace: 'oneWeightPpm / 1e6',
    tests: BUILDING,
    why: 'A market-wide fall would be less than half as deep.',
  },
  {
    id: 'windows-not-rescaled',
    file: `${BUILDER}/build-section.ts`,
    find: 'moveOfLog(one * dailySigma)',
    replace: 'moveOfLog(one)',
    tests: BUILDING,
    why: 'Windows would have the volatility of their own time, or none at all.',
  },
  {
    id: 'windows-crash-one-by-one',
    file: `${BUILDER}/simulate-windows.ts`,
    find: 'push(scale * (shared + own))',
    replace: 'push(fatTail(draw) * (shared + own))',
    tests: BUILDING,
    why: 'Simulated crashes would not come together.',
  },
  {
    id: 'hash-of-the-order-it-came-in',
    file: 'src/journal/epoch-hash.ts',
    find: 'encodeJson(epoch)',
    replace: 'JSON.stringify(epoch, (_key, part) => (typeof part === "bigint" ? Number(part) : part))',
    tests: ['src/journal/epoch-hash.test.ts'],
    why: 'The same epoch laid out in another way would have another hash.',
  },
]
