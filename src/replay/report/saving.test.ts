import { expect, test } from 'vitest'
import { savingInColumn, savingInWords, savingOf } from './saving.ts'

const table: [cross: bigint, isolated: bigint, column: string, words: string][] = [
  [0n, 0n, '—', 'none'],
  [15n, 15n, 'same', 'same'],
  [1n, 0n, 'worse', 'only pooled'],
  [244n, 426n, '43 %', '43 % less'], // 182 / 426 = 42.7 %
  [225n, 227n, '0.9 %', '0.9 % less'], // 2 / 227 = 0.88 %
  [5755n, 10_000n, '42 %', '42 % less'], // 42.45 %: rounded once, not by way of 42.5
  [9005n, 10_000n, '10 %', '10 % less'], // 9.95 %: tenths would say 10.0
  [9_999n, 10_000n, 'under 0.1 %', 'under 0.1 % less'],
  [1n, 1_000n, 'over 99 %', 'over 99 % less'], // 99.9 % is not all of it
  [6n, 1_000n, '99 %', '99 % less'], // 99.4 %
  [0n, 7n, '100 %', '100 % less'],
  [112n, 100n, '−12 %', '12 % more'],
  [100n, 1n, '−9,900 %', '9,900 % more'],
  [101n, 1n, '−over 9,999 %', 'over 9,999 % more'],
]

test.each(table)('cross %d beside isolated %d is %s', (cross, isolated, column, words) => {
  const saving = savingOf({ cross, isolated })
  expect([savingInColumn(saving), savingInWords(saving)]).toEqual([column, words])
})
