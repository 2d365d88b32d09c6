import { expect, test } from 'vitest'
import { marginCommand } from './margin-command.ts'
import type { MarginArguments } from './margin-options.ts'

const TYPED: MarginArguments = {
  file: 'desk.json',
  model: undefined,
  epoch: undefined,
  prices: [],
  price: [],
  asOf: undefined,
  bucket: [],
  all: false,
  scenarios: false,
  byPosition: false,
  html: undefined,
  json: false,
  ascii: false,
  color: true,
  check: undefined,
}

test('says all that decides the figures, and quotes what a shell would take apart', () => {
  expect(marginCommand('margin', TYPED)).toBe('plimsoll margin desk.json')
  expect(
    marginCommand('explain', {
      ...TYPED,
      file: 'my desk.json',
      model: 'standard',
      epoch: 'e.json',
      prices: ['a.json', 'b.csv'],
      price: ['ETH=1900'],
      asOf: '2026-02-06T08:00:00Z',
      bucket: ['eth-vol=line:25000'],
      all: true,
      html: 'out.html',
    }),
  ).toBe(
    "plimsoll explain 'my desk.json' --model standard --epoch e.json --prices a.json --prices b.csv --price ETH=1900 --as-of 2026-02-06T08:00:00Z --bucket eth-vol=line:25000 --all --html out.html",
  )
})
