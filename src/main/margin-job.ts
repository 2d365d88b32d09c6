import { existsSync, readFileSync, statSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { dirname, join, resolve } from 'node:path'
import { answerMargin, type MarginAnswer, type MarginRequest } from '../answers/answer-portfolio.ts'
import type { ReportDetail } from '../answers/set-report.ts'
import type { MarginArguments } from '../cli/margin-options.ts'
import { marginModel, marginModelIds } from '../core/margin/registry.ts'
import { bucketOption } from '../wire/portfolio/bucket-option.ts'
import type { FileBucketMode } from '../wire/portfolio/portfolio-file.ts'
import { priceOptions } from '../wire/portfolio/price-option.ts'
import type { NamedFile } from '../wire/portfolio/price-source.ts'
import type { Problem, Problems } from '../wire/portfolio/problem.ts'
import { timeOption } from '../wire/portfolio/time-option.ts'
import { ENGINE_VERSION, PROJECT_ROOT } from './project.ts'

/** The epoch that comes with a model, if one does. */
const BUILT_IN = [['plimsoll-1', 'epochs/provisional-2026-11.json']] as const

/** The report that was asked for, or what is wrong with what was typed, the files or both. */
export function marginJob(typed: MarginArguments, detail: ReportDetail): MarginAnswer {
  const asked = marginRequest(typed, detail)
  return asked.ok ? answerMargin(asked.request) : asked
}

export type AskedMargin =
  | { readonly ok: true; readonly request: MarginRequest }
  | { readonly ok: false; readonly problems: Problems }

/** What was typed, with the files it names read. */
export function marginRequest(typed: MarginArguments, detail: ReportDetail): AskedMargin {
  const problems: Problem[] = []
  const take = <T extends { readonly ok: true }>(read: T | { readonly ok: false; readonly problems: Problems }) => {
    if (read.ok) return read
    problems.push(...read.problems.kept)
    return undefined
  }
  const open = (path: string, at: string) => {
    const file = readNamed(path, path)
    if (file.ok) return file.source
    problems.push(missingFile(path, at, file.reason))
    return undefined
  }
  const portfolio = open(typed.file, '<file>')
  const epoch = typed.epoch === undefined ? undefined : open(typed.epoch, '--epoch')
  const files = typed.prices.map((path) => open(path, '--prices')).filter((file) => file !== undefined)
  const prices = take(priceOptions(typed.price))
  const time = typed.asOf === undefined ? undefined : take(timeOption(typed.asOf))
  const buckets = new Map<string, FileBucketMode>()
  for (const text of typed.bucket) {
    const option = take(bucketOption(text))
    if (option !== undefined) buckets.set(option.bucket, option.mode)
  }
  if (problems.length > 0 || portfolio === undefined) return { ok: false, problems: { kept: problems, more: 0 } }
  const request = {
    ...engine(),
    portfolio,
    epoch,
    model: typed.model,
    prices: files,
    singlePrices: prices?.prices ?? [],
    asOf: time?.time,
    buckets,
    detail,
    readFile: (path: string) => readNamed(resolve(dirname(typed.file), path), path),
  }
  return { ok: true, request }
}

/** What this build brings to an answer. */
export function engine(): Pick<MarginRequest, 'models' | 'builtInEpochs' | 'sha256' | 'engineVersion'> {
  const models = marginModelIds().flatMap((id) => {
    const model = marginModel(id)
    return model === undefined ? [] : [[id, model] as const]
  })
  const epochs = BUILT_IN.flatMap(([id, path]) => {
    const file = join(PROJECT_ROOT, path)
    return existsSync(file) ? [[id, readFileSync(file, 'utf8')] as const] : []
  })
  return {
    models: new Map(models),
    builtInEpochs: new Map(epochs),
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    engineVersion: ENGINE_VERSION,
  }
}

/** A file's text under the name that messages call it by. */
export function readNamed(path: string, name: string): NamedFile {
  const status = statSync(path, { throwIfNoEntry: false })
  if (status === undefined) return { ok: false, reason: 'no such file' }
  if (status.isDirectory()) return { ok: false, reason: 'a folder' }
  try {
    return { ok: true, source: { name, text: readFileSync(path, 'utf8') } }
  } catch (error) {
    return { ok: false, reason: (error as NodeJS.ErrnoException).code ?? String(error) }
  }
}

function missingFile(path: string, at: string, reason: string): Problem {
  return {
    code: 'FileNotFound',
    file: path,
    line: 1,
    column: 1,
    path: at,
    expected: 'a readable file',
    got: `${path}: ${reason}`,
    remedy: 'check the path; it is relative to the folder you are in',
  }
}
