import { describe, expect, test } from 'vitest'
import { cellsOf, fitted, harmless, inAscii, wrapped } from './cells.ts'

describe('cells of a terminal', () => {
  test('Han and pictographs take two', () => {
    expect([cellsOf('abc'), cellsOf('中文'), cellsOf('−🚀')]).toEqual([3, 4, 3])
  })
  test('a text too long ends in an ellipsis', () => {
    expect([fitted('abcdef', 6), fitted('abcdef', 5), fitted('中文字', 5), fitted('ab', 0)]).toEqual([
      'abcdef',
      'abcd…',
      '中文…',
      '',
    ])
  })
  test('lines break at blanks, and inside a word only where it is too long', () => {
    expect(wrapped('aa bb cc', 5)).toEqual(['aa bb', 'cc'])
    expect(wrapped('abcdefgh i', 3)).toEqual(['abc', 'def', 'gh', 'i'])
    expect(wrapped('中文', 1)).toEqual(['中', '文'])
    expect(wrapped('', 5)).toEqual([])
  })
  test('ASCII takes as many cells', () => {
    expect(inAscii('−1 · 2–20x …█中')).toBe('-1 . 2-20x .#??')
    expect(inAscii('NLV ≥ MM, ±1 → σ')).toBe('NLV >= MM, +-1 > s')
  })
  test('control characters do nothing', () => {
    expect(harmless('a\x1b[2Jb\r\n\u202ec')).toBe('a?[2Jb???c')
  })
})
