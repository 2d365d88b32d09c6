import { expect, test } from 'vitest'
import { progressBar } from './progress-bar.ts'
import { cellsOf } from '../../report/terminal/cells.ts'

test('fills as far as it has come', () => {
  // 80 − 4 − the 9 cells of the count leave 67; a bar has at most 60.
  expect(progressBar({ done: 108, total: 216, label: 'h', columns: 80, ascii: false })).toBe(
    `  ${'█'.repeat(30)}${'░'.repeat(30)}  108/216 h`,
  )
  expect(progressBar({ done: 216, total: 216, label: 'h', columns: 200, ascii: true })).toBe(
    `  ${'#'.repeat(60)}  216/216 h`,
  )
})

test('loses the bar before the count on a narrow terminal', () => {
  expect(progressBar({ done: 1, total: 2, label: 'h', columns: 18, ascii: false })).toBe('  1/2 h')
  expect(progressBar({ done: 1_000_000, total: 2_000_000, label: 'bars', columns: 12, ascii: true })).toBe(
    '  1,000,000.',
  )
})

test('is full where there is nothing to do, and never overfull', () => {
  expect(progressBar({ done: 0, total: 0, label: '', columns: 80, ascii: true })).toContain('#'.repeat(60))
  expect(cellsOf(progressBar({ done: 9, total: 1, label: 'x', columns: 80, ascii: true }))).toBeLessThanOrEqual(80)
})
