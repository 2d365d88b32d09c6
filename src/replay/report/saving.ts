import { printedCount } from '../../report/figure.ts'

/** How cross compares with isolated: less is better, whatever is compared. */
export type Saving =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'same' }
  | { readonly kind: 'less'; readonly percent: string }
  | { readonly kind: 'more'; readonly percent: string }
  /** Isolated had none at all, so there is no percentage. */
  | { readonly kind: 'onlyCross' }

const MOST_SHOWN_TENTHS = 99_990n

/** Saving of cross against isolated, both of one unit and >= 0. Whole percents, tenths below ten, and never a rounded 0 or 100. */
export function savingOf({ cross, isolated }: { readonly cross: bigint; readonly isolated: bigint }): Saving {
  if (cross === isolated) return { kind: cross === 0n ? 'nothing' : 'same' }
  if (isolated === 0n) return { kind: 'onlyCross' }
  if (cross < isolated) return { kind: 'less', percent: lessPercent(isolated - cross, isolated) }
  return { kind: 'more', percent: morePercent(cross - isolated, isolated) }
}

/** `43 %` saved, `−12 %` where cross cost more, `same`, a dash where there is nothing to compare. */
export function savingInColumn(saving: Saving): string {
  switch (saving.kind) {
    case 'nothing':
      return '—'
    case 'same':
      return 'same'
    case 'onlyCross':
      return 'worse'
    case 'less':
      return saving.percent
    case 'more':
      return `−${saving.percent}`
    default:
      return saving satisfies never
  }
}

/** `43 % less`, as a sentence or a label says it. */
export function savingInWords(saving: Saving): string {
  switch (saving.kind) {
    case 'nothing':
      return 'none'
    case 'same':
      return 'same'
    case 'onlyCross':
      return 'only pooled'
    case 'less':
    case 'more':
      return `${saving.percent} ${saving.kind}`
    default:
      return saving satisfies never
  }
}

function lessPercent(difference: bigint, whole: bigint): string {
  if (difference < whole && difference * 1000n >= whole * 995n) return 'over 99 %'
  return percent(difference, whole)
}

function morePercent(difference: bigint, whole: bigint): string {
  return difference * 1000n > whole * MOST_SHOWN_TENTHS ? 'over 9,999 %' : percent(difference, whole)
}

function percent(part: bigint, whole: bigint): string {
  const tenths = nearest(part * 1000n, whole)
  if (tenths === 0n) return 'under 0.1 %'
  if (tenths < 100n) return `${tenths / 10n}.${tenths % 10n} %`
  return `${printedCount(nearest(part * 100n, whole))} %`
}

function nearest(part: bigint, whole: bigint): bigint {
  return (2n * part + whole) / (2n * whole)
}
