/** Figures of a backtest as people read them: estimates, rounded to the nearest; a true minus; a dash where there is none. */

export const NONE = '—'

/** So many places, such as `−0.12`. */
export function fixed(figure: number, places: number): string {
  const text = Math.abs(figure).toFixed(places)
  return figure < 0 && /[1-9]/.test(text) ? `−${text}` : text
}

/** Percents without their sign, which stands in the head of a column: `40.2`. */
export function percents(share: number, places = 1): string {
  return fixed(share * 100, places)
}

/** `40.2 %`. */
export function shareText(share: number, places = 1): string {
  return `${percents(share, places)} %`
}

/** `99.5 %`: a level has as many places as it needs. */
export function levelText(level: number): string {
  return `${String(Number((level * 100).toPrecision(6))).replace('-', '−')} %`
}

/** One thing over another: `1.88`. */
export function timesText(ratio: number): string {
  return fixed(ratio, 2)
}

/** A p value: three places, and never 0.000 where it is more than nothing. */
export function chanceText(chance: number): string {
  return chance < 0.0005 ? '<0.001' : fixed(chance, 3)
}
