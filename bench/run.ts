import { cpus } from 'node:os'
import { measureAnswers } from './answers.ts'
import { measureAssess } from './assess.ts'
import { measureCommands } from './commands.ts'
import { measureCorrelated } from './correlated.ts'
import { measureCorrelationUpdate } from './correlation-update.ts'
import { measureOptionArrays } from './option-arrays.ts'
import { measurePricing } from './pricing.ts'
import { measureRemargins } from './remargin.ts'
import { measureHouseRemargins } from './remargin-house.ts'
import { measureTapes } from './tapes.ts'

/** Prints the benchmark table of the README: `npm run bench`, or parts of it: `npm run bench -- commands remargins house-remargins correlated assess pricing option-arrays answers tapes correlation-update`. */
const PARTS = {
  commands: measureCommands,
  remargins: measureRemargins,
  'house-remargins': measureHouseRemargins,
  correlated: measureCorrelated,
  assess: measureAssess,
  pricing: measurePricing,
  'option-arrays': measureOptionArrays,
  answers: measureAnswers,
  tapes: measureTapes,
  'correlation-update': measureCorrelationUpdate,
}

const wanted = process.argv.slice(2)
for (const part of wanted)
  if (!(part in PARTS)) throw new RangeError(`no part "${part}"; there are ${Object.keys(PARTS).join(', ')}`)

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}\n`)
for (const [name, measure] of Object.entries(PARTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  for (const row of await measure()) console.log(row)
  console.log('')
}
