import type { Mutant } from './mutant.ts'

/** Bugs in the journal, the sequencer and the outside shapes. */
export const shellMutants: readonly Mutant[] = [
  {
    id: 'answers-before-the-disk',
    file: 'src/runtime/sequencer.ts',
    find: '        flush()\n        return outcomes',
    replace: '        return outcomes',
    tests: ['src/runtime/*.test.ts'],
    why: 'Senders would be told of commands that a power failure undoes.',
  },
  {
    id: 'engine-name-open',
    file: 'src/runtime/sequencer.ts',
    find: "if (envelope.sender === KEEPER) return { kind: 'reserved' }",
    replace: '',
    tests: ['src/runtime/*.test.ts'],
    why: 'One command under the name of the engine could make its liquidations stale.',
  },
  {
    id: 'time-runs-backwards',
    file: 'src/runtime/sequencer.ts',
    find: 'const time = now > state.time ? now : state.time',
    replace: 'const time = now',
    tests: ['src/runtime/*.test.ts'],
    why: 'A clock set back would stamp commands before those already taken.',
  },
  {
    id: 'chain-forgets-the-past',
    file: 'src/journal/row.ts',
    find: '`${before}\\n${sequence}',
    replace: '`${sequence}',
    tests: ['src/journal/*.test.ts'],
    why: 'Rows could be replaced one by one without breaking the chain.',
  },
  {
    id: 'decision-not-compared',
    file: 'src/journal/redecide.ts',
    find: 'if (encodeJson(decision) !== row.decision)',
    replace: "if (row.decision === '')",
    tests: ['src/journal/*.test.ts'],
    why: 'A journal with a forged decision and a chain made to fit would verify.',
  },
  {
    id: 'snapshot-trusted',
    file: 'src/journal/redecide.ts',
    find: 'if (snapshot !== undefined && stateHash(state) !== snapshot.stateHash)',
    replace: 'if (snapshot === undefined && stateHash(state) === CHAIN_START)',
    tests: ['src/journal/*.test.ts'],
    why: 'An altered snapshot would become the state of a restarted engine.',
  },
  {
    id: 'keys-as-they-come',
    file: 'src/wire/encode.ts',
    find: 'names.sort().map(',
    replace: 'names.map(',
    tests: ['src/wire/*.test.ts'],
    why: 'Equal commands would have different rows, and a sound journal would not verify.',
  },
  {
    id: 'unsettled-series-lost',
    file: 'src/replay/run/bounded-series.ts',
    find: 'points[points.length - 1] = merge(last, point)',
    replace: 'points[points.length - 1] = point',
    tests: ['src/replay/run/*.test.ts'],
    why: 'Liquidations of a long tape would vanish from the charts.',
  },
]
