import { type Command, Option } from 'commander'
import type { PortfolioArguments } from './margin-options.ts'

interface Shown {
  readonly json: boolean
  readonly ascii: boolean
  readonly color: boolean
}

/** What `whatif` was asked. Texts as typed. */
export interface WhatIfArguments extends PortfolioArguments, Shown {
  readonly changes: readonly string[]
  readonly add: readonly string[]
  readonly order: readonly string[]
  readonly deposit: readonly string[]
  readonly withdraw: readonly string[]
  /** Such as `BTC=-10%`. */
  readonly moves: readonly string[]
  readonly vol: readonly string[]
  readonly regime: string | undefined
  readonly account: string | undefined
  /** Where changes go: number or name of a bucket. */
  readonly into: string | undefined
}

export interface LiquidationArguments extends PortfolioArguments, Shown {}

export interface WhatIfJobs {
  whatIf(request: WhatIfArguments): Promise<number>
  liquidationPrice(request: LiquidationArguments): Promise<number>
}

type Record = (job: Promise<number>) => Promise<void>

type Typed = Omit<WhatIfArguments, 'file' | 'moves' | 'into'>

export function addWhatIf(program: Command, jobs: WhatIfJobs, record: Record): void {
  inputOptions(program.command('whatif'))
    .description('margin before and after changes: exit 1 if they are refused')
    .argument('<file>', 'a portfolio: JSON, a .csv table, or .jsonl lines of accounts')
    .option('--add <market:quantity[@price]>', 'trade contracts, such as ETH-PERP:3 or ETH-PERP:-3@2001', collected, [])
    .option('--order <market:quantity[@price]>', 'place an order', collected, [])
    .option('--deposit <asset:quantity>', 'such as USDC:5000', collected, [])
    .option('--withdraw <asset:quantity>', 'such as USDC:5000', collected, [])
    .option('--price <asset=move>', 'move a price and all that hangs on it: BTC=-10% or BTC=60000', collected, [])
    .option('--vol <asset=move>', 'move the volatilities of an underlying: ETH=+20%', collected, [])
    .addOption(new Option('--regime <regime>', 'correlations that count').choices(['now', 'one', 'break']))
    .option('--changes <file>', 'a file of changes; may be repeated', collected, [])
    .option('--account <id>', 'whose pool or bucket is changed, where there are several')
    .action((file: string, typed: Typed) => record(jobs.whatIf(whatIfOf(file, typed))))
  inputOptions(program.command('liquidation-price'))
    .description('prices at which netting sets are liquidated, and the most likely joint move that does it')
    .argument('<file>', 'a portfolio: JSON, a .csv table, or .jsonl lines of accounts')
    .option('--price <id=price>', 'one price, over all others; may be repeated', collected, [])
    .action((file: string, typed: Omit<LiquidationArguments, 'file'>) =>
      record(jobs.liquidationPrice({ ...typed, file, model: typed.model, epoch: typed.epoch, asOf: typed.asOf })),
    )
}

/** A bucket with a mode is one of a table; a bare one is where changes go. */
function whatIfOf(file: string, typed: Typed): WhatIfArguments {
  const { model, epoch, asOf, account, regime, price, bucket } = typed
  return {
    ...typed,
    file,
    model,
    epoch,
    asOf,
    account,
    regime,
    price: [],
    moves: price,
    bucket: bucket.filter((text) => text.includes('=')),
    into: bucket.findLast((text) => !text.includes('=')),
  }
}

function inputOptions(command: Command): Command {
  return command
    .option('--model <id>', "margin model, over the file's")
    .option('--epoch <file>', "epoch file, over the file's")
    .option('--prices <file...>', "JSON or CSV files of prices, over the file's; the last wins", [])
    .option('--as-of <time>', 'moment of valuation, UTC or milliseconds')
    .option('--bucket <bucket>', 'of a table its mode, eth-vol=line:25000; else where changes go', collected, [])
    .option('--json', 'print the report as JSON', false)
    .option('--ascii', 'no characters beyond ASCII', false)
    .option('--no-color', 'no colour')
}

function collected(text: string, before: readonly string[]): readonly string[] {
  return [...before, text]
}
