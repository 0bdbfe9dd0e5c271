// What two data sets say, compared without the help of the library's own notion of equality.

/** Where something came from and how it was written, which is not what it says. */
const PROVENANCE: ReadonlySet<string> = new Set(['raw', 'place', 'origin', 'amended', 'extra'])

/** The first place where two values of the model differ, as a path; undefined when they say the same. */
export function modelDifference(expected: unknown, actual: unknown, path = ''): string | undefined {
  if (Object.is(expected, actual)) return undefined
  if (!isObject(expected) || !isObject(actual)) return `${path}: expected ${show(expected)}, got ${show(actual)}`
  if (expected.constructor !== actual.constructor)
    return `${path}: expected a ${expected.constructor?.name}, got a ${actual.constructor?.name}`
  if (expected instanceof Map && actual instanceof Map)
    return modelDifference(Object.fromEntries(expected), Object.fromEntries(actual), path)
  // Numbers of typed arrays, elements of lists and fields of objects alike; classes keep nothing that counts in private.
  const keys = keysOf(expected)
  const others = keysOf(actual)
  if (keys.join() !== others.join()) return `${path}: expected the fields ${keys.join()}, got ${others.join()}`
  for (const key of keys) {
    const difference = modelDifference(expected[key], actual[key], `${path}/${key}`)
    if (difference !== undefined) return difference
  }
  return undefined
}

type Fields = Readonly<Record<string, unknown>> & { readonly constructor?: { readonly name: string } | undefined }

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

/** Fields that say something: absent and undefined are the same. */
function keysOf(value: Fields): readonly string[] {
  return Object.keys(value)
    .filter((key) => value[key] !== undefined && !PROVENANCE.has(key))
    .sort()
}

function show(value: unknown): string {
  const text = isObject(value) ? JSON.stringify(value) : String(value)
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}
