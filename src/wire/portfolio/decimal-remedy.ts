import { parseDecimal18 } from '../../core/quantity/decimal.ts'

const DIGITS = 'at most 20 digits before the point and 18 after it'
const WEI = `${DIGITS}; amounts are in whole units, not in wei`

/** How to write a number that is no decimal string, with the user's own digits where they can be kept. */
export function decimalRemedy(text: string): string {
  if (text.trim() === '') return 'write the number, or leave the entry out'
  // Patterns are not tried on texts of any length.
  if (text.length > 80) return DIGITS
  if (/^-?[0-9]+\.[0-9]{19,}$/.test(text)) return 'at most 18 digits after the point; nothing is rounded silently'
  if (/^-?[0-9]{21,}(\.[0-9]+)?$/.test(text)) return WEI
  if (/^[-+]?[0-9.]+[eE][-+]?[0-9]+$/.test(text)) return 'write the digits out, without exponent'
  if (/^[-+]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$/.test(text))
    return better('leave the commas out', text.replaceAll(',', ''))
  if (/^[-+]?[0-9]+,[0-9]+$/.test(text)) return better('write the point as a point', text.replace(',', '.'))
  if (/^[-+]?[0-9.]+\s*%$/.test(text)) return 'fractions, never percent: 5 % is "0.05"'
  if (/^\((.+)\)$/.test(text)) return better('a minus sign stands before a loss', `-${text.slice(1, -1)}`)
  return better('digits, a point and a minus sign only', text.replaceAll(/[\s_'\u00a0\u202f]/g, ''))
}

/** The advice, with the number as it should be if that is now a decimal. */
function better(advice: string, text: string): string {
  const bare = text
    .replace(/^\+/, '')
    .replace(/^(-?)(?:US\$|[$€£¥]|USD)/, '$1')
    .replace(/(?:USDC?|USDT|[$€£¥])$/, '')
    .replace(/^(-?)0+(?=[0-9])/, '$1')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.$/, '')
  return parseDecimal18(bare).ok ? `${advice}: "${bare}"` : advice
}
