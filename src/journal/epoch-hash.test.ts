import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { ppm } from '../core/quantity/ppm.ts'
import type { Epoch } from '../core/market/epoch.ts'
import { epochHash } from './epoch-hash.ts'

const EPOCH: Epoch = {
  id: 'e-1',
  model: 'plimsoll-1',
  sections: { 'plimsoll-1': { zeta: [1, -2.5, 'Ü"'], alpha: { b: null, a: true } }, standard: {} },
  liquidation: { penaltyPpm: ppm(5_000n), bufferPpm: ppm(100_000n) },
}

test('hashes the text with sorted keys and no blanks', () => {
  const text =
    '{"id":"e-1","liquidation":{"bufferPpm":100000,"penaltyPpm":5000},"model":"plimsoll-1",' +
    '"sections":{"plimsoll-1":{"alpha":{"a":true,"b":null},"zeta":[1,-2.5,"Ü\\""]},"standard":{}}}'
  const expected = createHash('sha256').update(Buffer.from(text, 'utf8')).digest('hex')
  expect(epochHash(EPOCH)).toBe(`sha256:${expected}`)
})

test('is the same however the document is laid out, and another for another figure', () => {
  const { id, model, sections, liquidation } = EPOCH
  const { penaltyPpm, bufferPpm } = liquidation
  const turned = { liquidation: { bufferPpm, penaltyPpm }, sections: { standard: {}, ...sections }, model, id }
  expect(epochHash(turned)).toBe(epochHash(EPOCH))
  expect(epochHash({ ...EPOCH, liquidation: { penaltyPpm, bufferPpm: ppm(100_001n) } })).not.toBe(epochHash(EPOCH))
  expect(epochHash({ ...EPOCH, sections: { ...sections, other: {} } })).not.toBe(epochHash(EPOCH))
})
