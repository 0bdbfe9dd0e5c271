/** An object of a picture as numbers, in whatever order both sides have them. */
export interface Value {
  readonly image: string
  readonly label: string
  readonly numbers: readonly number[]
}

/** How far each number may be from the one that is expected. */
export type Near = (expected: Value, found: Value) => boolean

/** No number further away than this. */
export function within(tolerance: number): Near {
  return ({ numbers }, found) =>
    numbers.length === found.numbers.length &&
    numbers.every((number, i) => Math.abs(number - (found.numbers[i] ?? Number.NaN)) <= tolerance)
}

/**
 * Whether objects are one to one those that are expected: undefined, or what is missing or too many. Objects over and
 * above must be called exactly as `others` says.
 */
export function matchDifference(
  expected: readonly Value[],
  found: readonly Value[],
  near: Near,
  others: readonly string[] = [],
): string | undefined {
  const left = new Set(found)
  for (const value of expected) {
    const same = [...left].find((each) => each.image === value.image && each.label === value.label && near(value, each))
    if (same === undefined) {
      const like = [...left].filter(({ image, label }) => image === value.image && label === value.label)
      return `${shown(value)} is not there, only ${like.slice(0, 2).map(shown).join(' and ') || 'others'}`
    }
    left.delete(same)
  }
  const [more, allowed] = [[...left].map(({ label }) => label).sort(), [...others].sort()]
  return more.join() === allowed.join()
    ? undefined
    : `over and above: ${more.join() || 'nothing'}, not ${allowed.join()}`
}

function shown({ image, label, numbers }: Value): string {
  return `${image} ${label} [${numbers.slice(0, 8).join(', ')}${numbers.length > 8 ? ', …' : ''}]`
}
