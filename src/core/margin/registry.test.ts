import { expect, test } from 'vitest'
import { marginModel, marginModelIds } from './registry.ts'

test('every model is found under its own id, and no other', () => {
  expect(marginModelIds()).toContain('standard')
  for (const id of marginModelIds()) expect(marginModel(id)?.id).toBe(id)
  expect(marginModel('nobody-wrote-it')).toBeUndefined()
})
