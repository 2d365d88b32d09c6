import { type Reader, wrongType } from './findings.ts'
import type { Located } from './json-node.ts'
import { type ObjectFields, objectFields } from './object-fields.ts'
import { textOf } from './plain-field.ts'
import { HASH, MODEL_NAME } from './name-field.ts'
import type { FileModel, ParameterSource } from './portfolio-file.ts'

/** A bare id, or an id with its epoch file or inline parameters. */
export const MODEL: Reader<FileModel> = (at, findings) => {
  if (at.node.kind === 'string') {
    const id = MODEL_NAME(at, findings)
    if (id !== undefined) findings.assume(at.path, `${id} with its built-in epoch`)
    return id === undefined ? undefined : { id, parameters: { kind: 'builtIn' } }
  }
  if (at.node.kind !== 'object') return wrongType(at, findings, 'the id of a margin model, or an object with "id"')
  const fields = objectFields(at, ['id', 'epoch', 'epochHash', 'parameters'], findings)
  if (fields === undefined) return undefined
  const id = fields.required('id', MODEL_NAME, { expected: 'which model, e.g. "id": "plimsoll-1"', remedy: 'add it' })
  const parameters = parameterSource(fields)
  if (id !== undefined && parameters?.kind === 'builtIn') findings.assume(at.path, `${id} with its built-in epoch`)
  return id === undefined || parameters === undefined ? undefined : { id, parameters }
}

function parameterSource(fields: ObjectFields): ParameterSource | undefined {
  const hash = fields.optional('epochHash', HASH)
  if (fields.has('parameters')) {
    const because = { expected: 'either an epoch file or "parameters", not both', remedy: 'keep one' }
    for (const name of ['epoch', 'epochHash']) fields.forbidden(name, because)
    const section = fields.optional('parameters', anyObject)
    return section === undefined ? undefined : { kind: 'inline', section }
  }
  if (!fields.has('epoch') && !fields.has('epochHash')) return { kind: 'builtIn' }
  const path = fields.required('epoch', textOf({ least: 1, most: 1_024 }), {
    expected: 'the epoch file that the hash is of, e.g. "epoch": "epoch.json"',
    remedy: 'add it',
  })
  return path === undefined ? undefined : { kind: 'epochFile', path, hash }
}

/** Only the model can read its parameters. Keys were found to differ when the file was parsed. */
function anyObject(at: Located, findings: Parameters<Reader<unknown>>[1]): unknown {
  const { node, source } = at
  if (node.kind !== 'object') return wrongType(at, findings, 'an object of parameters')
  return JSON.parse(source.text.slice(node.start, node.end)) as unknown
}
