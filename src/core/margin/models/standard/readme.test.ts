import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

interface Worked {
  readonly cases: readonly {
    readonly name: string
    readonly expected: Readonly<Record<'netLiquidationValue' | 'maintenanceMargin' | 'initialMargin', string>>
    readonly working: readonly string[]
  }[]
}

const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')
const vectors = join(import.meta.dirname, '../../../../../vectors/standard/worked.json')
const { cases } = JSON.parse(readFileSync(vectors, 'utf8')) as Worked
const example = cases.find(({ name }) => name === 'the example of the README')

/** The figure of a row of the README's table of results. */
function figure(row: string): bigint {
  const found = new RegExp(`^\\| ${row} \\| (-?[0-9]+) \\|$`, 'm').exec(readme)?.[1]
  if (found === undefined) throw new Error(`the README has no row "${row}"`)
  return BigInt(found)
}

test('the example of the README is the golden case of the same name, worked line by line', () => {
  expect(example?.working.length).toBeGreaterThan(0)
  for (const line of example?.working ?? []) expect(readme).toContain(`    ${line}\n`)
})

test('its table shows the results of that case, and what follows from them', () => {
  const [nlv, maintenance, initial] = [
    figure('net liquidation value'),
    figure('maintenance margin'),
    figure('initial margin'),
  ]
  expect(example?.expected).toEqual({
    netLiquidationValue: `${nlv}`,
    maintenanceMargin: `${maintenance}`,
    initialMargin: `${initial}`,
  })
  expect([figure('excess'), figure('available')]).toEqual([nlv - maintenance, nlv - initial])
})

test('its parameter table names every field the decoder knows', () => {
  const source = readFileSync(join(import.meta.dirname, 'parameters.ts'), 'utf8')
  const fields = new Set(
    source.match(/\b(maintenance|initial|above)[A-Z][A-Za-z]*(Ppm|Usd)?\b/g)?.filter((name) => /(Ppm|Usd)$/.test(name)),
  )
  expect(fields.size).toBe(7)
  for (const field of fields) expect(readme).toContain(`\`${field}\``)
})
