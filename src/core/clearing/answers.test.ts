import { describe, expect, test } from 'vitest'
import { senderId, type SenderId } from '../instrument/identifier.ts'
import { ANSWER_WINDOW, priorAnswer, recordAnswer, type SenderAnswers } from './answers.ts'
import { accepted, rejected } from './decision.ts'

const alice = senderId('alice')
const bob = senderId('bob')
const yes = accepted()
const no = rejected({ reason: 'NoEpoch' })

/** Answers after certain counters of alice were answered, in this order; the sequence of each is its place. */
function answered(...counters: readonly number[]): Map<SenderId, SenderAnswers> {
  const answers = new Map<SenderId, SenderAnswers>()
  counters.forEach((counter, i) => recordAnswer(answers, alice, counter, i + 1, yes))
  return answers
}

test('the window is 1,024 counters', () => {
  expect(ANSWER_WINDOW).toBe(1024)
})

test('gives the first answer again, accepted or refused', () => {
  const answers = answered(7)
  recordAnswer(answers, alice, 8, 2, no)
  expect(priorAnswer(answers, alice, 7)).toEqual({
    kind: 'repeated',
    answer: { sequence: 1, rejection: undefined },
  })
  expect(priorAnswer(answers, alice, 8)).toEqual({
    kind: 'repeated',
    answer: { sequence: 2, rejection: { reason: 'NoEpoch' } },
  })
})

test('keeps senders apart', () => {
  expect(priorAnswer(answered(7), bob, 7)).toEqual({ kind: 'new' })
})

const edges: [name: string, counters: readonly number[], asked: number, want: string][] = [
  ['the first counter of a sender may be any', [], 1_000_000, 'new'],
  ['the next counter', [5], 6, 'new'],
  ['a counter far ahead', [5], 1_000_000, 'new'],
  ['the same counter', [5], 5, 'repeated'],
  // Highest 2,000: the window holds 977 to 2,000, for 2,000 - 1,024 + 1 = 977.
  ['a gap at the lower edge of the window, late', [2_000], 977, 'new'],
  ['one below the window', [2_000], 976, 'stale'],
  ['zero, far below the window', [2_000], 0, 'stale'],
  // 1 stays while the highest is 1 + 1,023 = 1,024, and goes when it is 1,025.
  ['an answer at the lower edge after one step up', [1, 1_023, 1_024], 1, 'repeated'],
  ['an answer just pushed out by one step up', [1, 1_024, 1_025], 1, 'stale'],
  ['an answer at the lower edge after a leap', [1, 1_024], 1, 'repeated'],
  ['an answer just pushed out by a leap of exactly the window', [1, 1_025], 1, 'stale'],
  ['an answer just inside after a leap of the window less one', [2, 1_025], 2, 'repeated'],
  ['an answer far below after a leap of many windows', [1, 2, 3, 900_000], 3, 'stale'],
  ['a late answer, once given', [2_000, 977], 977, 'repeated'],
  ['a late answer after the window moved on', [2_000, 977, 2_001], 977, 'stale'],
  ['the counter above a late answer', [2_000, 977], 978, 'new'],
]
test.each(edges)('%s', (_name, counters, asked, want) => {
  expect(priorAnswer(answered(...counters), alice, asked).kind).toBe(want)
})

test('a stale answer says from where on it would remember', () => {
  expect(priorAnswer(answered(2_000), alice, 976)).toEqual({ kind: 'stale', oldestRemembered: 977 })
})

describe('memory', () => {
  test('holds at most the window, however counters come', () => {
    const answers = new Map<SenderId, SenderAnswers>()
    for (let counter = 0; counter < 5_000; counter += 1) recordAnswer(answers, alice, counter, counter + 1, yes)
    expect(answers.get(alice)?.byCounter.size).toBe(1024)
    recordAnswer(answers, alice, 6_500, 5_001, yes)
    // 6,500 - 1,023 = 5,477: nothing below is left, and nothing was answered above but the one.
    expect([...(answers.get(alice)?.byCounter.keys() ?? [])]).toEqual([6_500])
  })
  test('a late counter does not move the window', () => {
    const answers = answered(2_000, 990)
    expect(answers.get(alice)?.highest).toBe(2_000)
  })
})
