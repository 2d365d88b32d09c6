import type { Mutant } from './mutant.ts'

const PAGE = ['src/report/margin/html/*.test.ts']

/** Bugs in the page of a margin report. */
export const pageMutants: readonly Mutant[] = [
  {
    id: 'waterfall-from-zero',
    file: 'src/report/margin/html/waterfall.ts',
    find: 'steps: entries.map((entry, i) => step(entry, levels[i] ?? 0n))',
    replace: 'steps: entries.map((entry) => step(entry, 0n))',
    tests: PAGE,
    why: 'Every step would start at nothing, and the picture would no longer show how the account comes to its worth.',
  },
  {
    id: 'load-line-rounded-down',
    file: 'src/report/margin/html/gauge.ts',
    find: 'requirement * 1_000n + netLiquidationValue - 1n',
    replace: 'requirement * 1_000n',
    tests: PAGE,
    why: 'The gauge would name a smaller share than the verdict beside it.',
  },
  {
    id: 'contributions-in-nearest-cents',
    file: 'src/report/margin/html/stress-data.ts',
    find: 'sharedSteps(parts, { total, step: ATOMS_PER_CENT })',
    replace: 'parts.map((part) => part / ATOMS_PER_CENT)',
    tests: PAGE,
    why: 'Who causes a loss would not add up to the loss.',
  },
  {
    id: 'maximum-rounded-twice',
    file: 'src/report/margin/html/derivation-tree.ts',
    find: "op === 'max' && term.value === value ? cents : ownCents(term)",
    replace: 'ownCents(term)',
    tests: PAGE,
    why: 'What wins a maximum would show another figure than the maximum.',
  },
  {
    id: 'volatility-rows-mixed',
    file: 'src/report/margin/html/stress-grid.ts',
    find: 'const cells = moves.map((move) => some.find((one) => one.move === move)?.index)',
    replace: 'const cells = moves.map((move) => list.find((one) => one.move === move)?.index)',
    tests: PAGE,
    why: 'A row of the heat map would show losses under another volatility than it names.',
  },
  {
    id: 'markup-in-names',
    file: 'src/report/html/escaped.ts',
    find: "return text.replace(/[&<>\"']/g, (sign) => ENTITIES[sign] ?? '')",
    replace: 'return text',
    tests: PAGE,
    why: 'A market with a name in angle brackets could run a script on the page of whoever looks at it.',
  },
  {
    id: 'ramp-rounding-dropped',
    file: 'src/answers/ramp-row.ts',
    find: 'value: formatDecimal18(atoms(ramp) - blended)',
    replace: "value: '0'",
    tests: ['src/answers/ramp-row.test.ts'],
    why: 'The blend in a report would not make the margin that is charged.',
  },
]
