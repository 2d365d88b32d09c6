import { createHash } from 'node:crypto'
import { statSync, writeFileSync } from 'node:fs'
import { calibratedEpoch, LIQUIDATION } from '../answers/calibration/calibrated-epoch.ts'
import { calibrationReport } from '../answers/calibration/calibration-report.ts'
import type { CalibratedEpoch } from '../answers/calibration/calibrated-epoch.ts'
import { contentHash } from '../answers/epoch-text.ts'
import type { CalibrateArguments } from '../cli/calibrate-options.ts'
import { UsageError } from '../cli/program.ts'
import { assetId, marketId } from '../core/instrument/identifier.ts'
import { LISTED_AFTER_DAYS } from '../estimate/calibration/left-out.ts'
import { DAY_MS } from '../estimate/calibration/rules.ts'
import { type WalkedPanel, walkedPanel } from '../estimate/calibration/walked-panel.ts'
import type { Section } from '../estimate/epoch/section.ts'
import { standardSection } from '../replay/run/standard-section.ts'
import type { CalibrationReport } from '../wire/calibration-report.ts'
import { encodeJson } from '../wire/encode.ts'
import { requireFolderOf } from './page-folder.ts'
import { pricesAsOf } from './prices-as-of.ts'
import { ENGINE_VERSION } from './project.ts'

/** Told how far a stage has come. */
export type OnProgress = (stage: string, done: number, total: number) => void

const STEP_MS = { '1d': DAY_MS, '8h': DAY_MS / 3, '1h': DAY_MS / 24 } as const
/** In the section of model standard: contracts settle in it. */
const SETTLEMENT = assetId('USDT')

/** Calibrates and writes the epoch. Throws UsageError where what was typed and the prices do not meet. */
export async function calibrateJob(typed: CalibrateArguments, onProgress: OnProgress): Promise<CalibrationReport> {
  const { prices, mpor } = typed
  const out = requireFile(typed.out)
  const asOf = requireDay(typed.asOf)
  const loaded = await pricesAsOf(
    {
      prices,
      stepMs: STEP_MS[mpor],
      onProgress: ({ name, fileIndex, fileCount }) => onProgress(`reading ${name}`, fileIndex, fileCount),
    },
    asOf,
  )
  const steps = loaded.panel.times.length
  const walked = walkedPanel(loaded.panel, (done) => onProgress('walking forward', done, steps))
  requireHistory(walked, typed)
  const request = { walked, asOf, mpor, engineVersion: ENGINE_VERSION, sha256 }
  const epoch = calibratedEpoch(request)
  const document = epochDocument(epoch)
  const text = encodeJson(document)
  writeFileSync(out, text)
  return calibrationReport(request, epoch, {
    written: { hash: contentHash(document, sha256), file: out, bytes: Buffer.byteLength(text) },
    prices: {
      filesHash: `sha256:${loaded.inputsHash}`,
      files: loaded.sources.map(({ path, series, from, to }) => ({ path, series, from, to })),
    },
    notes: loaded.notes,
  })
}

/** As the command `adoptEpoch` takes it. */
function epochDocument({ id, section, provenance }: CalibratedEpoch) {
  return {
    id,
    model: 'plimsoll-1',
    sections: { 'plimsoll-1': section, standard: standardOf(section) },
    liquidation: LIQUIDATION,
    provenance,
  }
}

function standardOf({ assets, contracts }: Section) {
  const perpetuals = Object.keys(contracts).map((id) => ({ id: marketId(`${id}-PERP`), underlying: assetId(id) }))
  return standardSection(Object.keys(assets).map(assetId), SETTLEMENT, perpetuals)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function requireFile(out: string | undefined): string {
  if (out === undefined)
    throw new UsageError('MissingOption', {
      at: '--out',
      expected: 'a file to write the epoch to',
      got: 'none',
      remedy: 'name one: --out epoch.json',
    })
  requireFolderOf(out, '--out')
  if (statSync(out, { throwIfNoEntry: false })?.isDirectory() === true)
    throw new UsageError('IsFolder', {
      at: `--out ${out}`,
      expected: 'a file',
      got: 'a folder',
      remedy: `name a file in it: --out ${out}/epoch.json`,
    })
  return out
}

function requireDay(asOf: string | undefined): string {
  if (asOf !== undefined) return asOf
  throw new UsageError('MissingOption', {
    at: '--as-of',
    expected: 'the day at whose end the epoch stands',
    got: 'none',
    remedy: 'name it: --as-of 2025-06-12',
  })
}

/** An epoch without a coin has nothing to charge. */
function requireHistory({ factors, known, panel }: WalkedPanel, { prices, asOf }: CalibrateArguments): void {
  const daily = DAY_MS / panel.stepMs
  const coins = known.factors.filter((_, i) => factors[i]?.kind === 'price').toSorted((a, b) => b.steps - a.steps)
  const [longest] = coins
  if (longest !== undefined && longest.steps >= LISTED_AFTER_DAYS * daily) return
  throw new UsageError('TooFewPrices', {
    at: `--prices ${prices.join(' ')}`,
    expected: `a coin with ${LISTED_AFTER_DAYS} days of prices up to ${asOf}`,
    got: longest === undefined ? 'no coin' : `${Math.floor(longest.steps / daily)} days of ${longest.id}`,
    remedy: 'give older prices as well, or a later day',
  })
}
