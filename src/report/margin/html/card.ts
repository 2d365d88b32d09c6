import { escaped } from '../../html/escaped.ts'

/** A section of the page. Texts are escaped; HTML is taken as it is. */
export interface Card {
  readonly id: string
  readonly title: string
  readonly sub: string
  /** HTML beside the title. */
  readonly aside?: string
  /** Columns of twelve; none in a stack. */
  readonly span?: 's5' | 's7' | 's12'
  readonly body: string
}

export function cardHtml({ id, title, sub, aside = '', span, body }: Card): string {
  return `<section class="card${span === undefined ? '' : ` ${span}`}" id="${id}" aria-labelledby="h-${id}"><div class="hr"><div><h2 id="h-${id}">${escaped(
    title,
  )}</h2><p class="sub">${escaped(sub)}</p></div>${aside}</div>${body}</section>`
}

/** A figure that leads to where it comes from. */
export function leading(figure: string, target: string): string {
  return `<a class="d" href="#${target}">${escaped(figure)}</a>`
}

/** A cell for a figure; losses stand out. */
export function figureCell(text: string, className = ''): string {
  const names = [text.startsWith('−') ? 'neg' : '', className].filter((name) => name !== '').join(' ')
  return `<td${names === '' ? '' : ` class="${names}"`}>${escaped(text)}`
}

/** The head of a table; a column that a phone has no room for is `[text, 'hs']`. */
export function headRow(columns: readonly (string | readonly [text: string, className: string])[]): string {
  const cells = columns.map((column) => {
    const [text, className] = typeof column === 'string' ? [column, ''] : column
    return `<th scope="col"${className === '' ? '' : ` class="${className}"`}>${escaped(text)}`
  })
  return `<thead><tr>${cells.join('')}<tbody>`
}
