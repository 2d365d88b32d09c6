import { printedCents } from '../../figure.ts'
import { escaped } from '../../html/escaped.ts'
import { reasonText } from '../reason-text.ts'
import { sentenceOf, shortRatio } from '../head-lines.ts'
import { percentUp, setFigures, tenthsText, millionthsOf } from '../set-figures.ts'
import { gaugeHtml } from './gauge.ts'
import { leading } from './card.ts'
import { type ShownSet, setTitle, statusText, toneOf } from './shown-set.ts'

/** The verdict, the gauge with its load lines, and the four figures that say how far the account is from either line. */
export function heroSection(shown: ShownSet): string {
  const { set, key, isOneOfMany } = shown
  const tag = isOneOfMany ? 'h2' : 'h1'
  const pill = `<span class="pill ${toneOf(set.status)}"><i class="dot"></i>${statusText(set.status)}</span>`
  const name = isOneOfMany ? setTitle(set) : 'Margin usage'
  return `<section class="card s12 hero" id="set-${key}" aria-labelledby="v-${key}"><div><div class="row1"><b>${escaped(name)}</b>${pill}${
    set.mode === 'cross' ? '' : `<span class="pill sea">${set.mode}</span>`
  }</div><${tag} class="big" id="v-${key}">${verdictHtml(shown)}</${tag}>${gaugeHtml(shown)}<p class="why">${whyHtml(
    shown,
  )}</p></div><dl class="figs">${figuresOf(shown)
    .map(
      ({ label, figure, target, says }) =>
        `<div><dt>${label}</dt><dd${figure.startsWith('−') ? ' class="neg"' : ''}>${leading(figure, target)}</dd><dd class="sub">${escaped(says)}</dd></div>`,
    )
    .join('')}</dl></section>`
}

function verdictHtml({ set, key }: ShownSet): string {
  const sentence = sentenceOf(set)
  if (set.marginUsage === null || set.status === 'unencumbered')
    return `<span class="say">${escaped(sentence.charAt(0).toUpperCase() + sentence.slice(1))}</span>`
  const usage = percentUp(set.marginUsage)
  const health = set.healthFactor === null ? '' : ` · health factor ${shortRatio(set.healthFactor)}`
  return `${leading(usage, `mm-${key}`)}<span class="say"> ${escaped(sentence.slice(usage.length + 1) + health)}</span>`
}

function whyHtml({ set, key }: ShownSet): string {
  const { maintenanceMargin, netLiquidationValue } = setFigures(set)
  if (maintenanceMargin === 0n) return 'Nothing is required, so nothing decides.'
  const missing = set.liquidatable
    ? `<b class="neg">Missing ${printedCents(maintenanceMargin - netLiquidationValue)} USD.</b> `
    : ''
  return `${missing}<a class="d" href="#mm-${key}">What decides</a>: ${escaped(reasonText(set))}`
}

interface HeroFigure {
  readonly label: string
  readonly figure: string
  readonly target: string
  readonly says: string
}

function figuresOf({ set, key }: ShownSet): readonly HeroFigure[] {
  const { netLiquidationValue, initialMargin, maintenanceMargin, available, excess, drawn } = setFigures(set)
  const leverage = set.leverage === null ? '' : ` · leverage ${tenthsText(millionthsOf(set.leverage) / 100_000n)}×`
  return [
    {
      label: 'Net liquidation value',
      figure: printedCents(netLiquidationValue),
      target: `worth-${key}`,
      says: `USD, no haircuts inside${leverage}`,
    },
    {
      label: 'Initial margin',
      figure: printedCents(initialMargin),
      target: `im-${key}`,
      says:
        available < 0n
          ? `${printedCents(-available)} short: no new risk`
          : `${printedCents(available)} free for new risk`,
    },
    {
      label: 'Maintenance margin',
      figure: printedCents(maintenanceMargin),
      target: `mm-${key}`,
      says: set.mode === 'line' ? 'below it the line is drawn' : 'below it comes liquidation',
    },
    {
      label: 'Excess',
      figure: printedCents(excess),
      target: `steps-${key}`,
      says:
        drawn > 0n
          ? `after ${printedCents(drawn)} drawn by line buckets`
          : set.mode === 'line'
            ? 'without the line of the pool'
            : 'distance to liquidation',
    },
  ]
}
