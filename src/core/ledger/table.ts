/** Keyed state that may be read. A Map is one. */
export interface ReadonlyTable<Key, Row> {
  get(key: Key): Row | undefined
  values(): IterableIterator<Row>
  entries(): IterableIterator<[Key, Row]>
}

/** Keyed state that its one owner may write. A Map is one. */
export interface Table<Key, Row> extends ReadonlyTable<Key, Row> {
  set(key: Key, row: Row): unknown
  delete(key: Key): boolean
}

/** A table that reads through to a base and keeps its own changes: the base never sees them. */
export function overlayTable<Key, Row>(base: ReadonlyTable<Key, Row>): Table<Key, Row> {
  const changed = new Map<Key, Row>()
  const removed = new Set<Key>()
  function* entries(): IterableIterator<[Key, Row]> {
    for (const [key, row] of base.entries()) {
      if (!removed.has(key)) yield [key, changed.get(key) ?? row]
    }
    for (const [key, row] of changed) {
      if (base.get(key) === undefined) yield [key, row]
    }
  }
  function* values(): IterableIterator<Row> {
    for (const [, row] of entries()) yield row
  }
  return {
    get: (key) => (removed.has(key) ? undefined : (changed.get(key) ?? base.get(key))),
    values,
    entries,
    set: (key, row) => {
      removed.delete(key)
      changed.set(key, row)
    },
    delete: (key) => {
      const existed = !removed.has(key) && (changed.has(key) || base.get(key) !== undefined)
      changed.delete(key)
      removed.add(key)
      return existed
    },
  }
}
