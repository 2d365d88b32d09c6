/** A journal that is not what it should be, and where. Nothing is repaired: that is a person's decision. */
export class JournalError extends Error {
  readonly path: string
  /** First sequence number that is wrong; 0 if the file as a whole is. */
  readonly sequence: number
  readonly expected: string
  constructor(path: string, sequence: number, expected: string, cause?: unknown) {
    super(`${path}${sequence === 0 ? '' : ` at sequence ${sequence}`}: expected ${expected}`, { cause })
    this.name = 'JournalError'
    this.path = path
    this.sequence = sequence
    this.expected = expected
  }
}
