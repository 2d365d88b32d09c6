import { expect, test } from 'vitest'
import { dateTicks, shareOfTime, stretchOf } from './date-axis.ts'

const DAY = 86_400_000

test('a stretch is from the first date to the last, and never nothing', () => {
  expect(stretchOf(['2022-01-03', '2022-01-01', 'nonsense'])).toEqual({
    from: Date.UTC(2022, 0, 1),
    to: Date.UTC(2022, 0, 3),
  })
  const single = stretchOf(['2022-01-01'])
  expect((single?.to ?? 0) - (single?.from ?? 0)).toBe(DAY)
  expect(stretchOf([])).toBeUndefined()
  expect(shareOfTime(Date.UTC(2022, 0, 2), { from: Date.UTC(2022, 0, 1), to: Date.UTC(2022, 0, 3) })).toBe(0.5)
})

test('years are named by their number, months between them by their name', () => {
  const ticks = dateTicks({ from: Date.UTC(2021, 4, 14), to: Date.UTC(2023, 2, 14) }, 5)
  expect(ticks.map(({ text }) => text)).toEqual(['Jul', '2022', 'Jul', '2023'])
  expect(ticks[1]?.time).toBe(Date.UTC(2022, 0, 1))
})

test('thirty years have a few dates, all of them Januaries', () => {
  const ticks = dateTicks({ from: Date.UTC(1995, 0, 1), to: Date.UTC(2025, 0, 1) }, 8)
  expect(ticks.map(({ text }) => text)).toEqual(['1995', '2000', '2005', '2010', '2015', '2020', '2025'])
})

test('less than a quarter has days', () => {
  const ticks = dateTicks({ from: Date.UTC(2022, 4, 1), to: Date.UTC(2022, 4, 11) }, 6)
  expect(ticks.map(({ text }) => text)).toEqual(['1 May', '3 May', '5 May', '7 May', '9 May', '11 May'])
})
