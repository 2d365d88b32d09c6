import { expect, test } from 'vitest'
import { bookHistory } from './book-history.test-data.ts'
import { outcomesOf } from './window-outcomes.ts'

const NONE = Number.NaN

test('a window counts where margin and loss are known, and exceeds where the loss is larger', () => {
  const history = bookHistory({ margin: [0.1, NONE, 0.1, 0.1, 0.1], loss: [0.1, 0.9, NONE, 0.11, -0.5] })
  // Exactly the margin is covered; the second and third windows do not count.
  expect(outcomesOf(history)).toEqual({ counted: [0, 3, 4], exceeded: [1] })
})

test('windows may be chosen, and exceedances are counted among the chosen', () => {
  const history = bookHistory({ margin: [0.1, 0.1, 0.1], loss: [0.2, 0.2, 0.2] })
  expect(outcomesOf(history, (window) => window !== 1)).toEqual({ counted: [0, 2], exceeded: [0, 1] })
})
