interface Known {
  /** Its number in the list of defects that was made of the SDK. */
  readonly number: number
  readonly what: string
  /** Where in the SDK's sources. */
  readonly where?: string
}

/** What the Dataloop SDK does otherwise than its own documentation, or the definition of the target, says. */
export const SDK_DEFECTS = {
  angle: { number: 2, what: 'the angle of a rotated box is dropped', where: 'utilities/converter.py:1420, 1529, 1607' },
  rings: { number: 5, what: 'rings after the first are dropped', where: 'defs/polygon.py:170' },
  several: { number: 13, what: 'an object of several polygons is refused', where: 'utilities/converter.py:1478' },
  dispatch: { number: 15, what: 'the type has no class when it is read', where: 'entities/annotation.py:1768' },
  listed: { number: 17, what: 'attributes that are a list are not seen', where: 'entities/annotation.py:1349' },
  parts: { number: 18, what: 'parts of VOC objects are left out' },
  inclusive: { number: 21, what: 'the bounds of a mask end with its last pixel', where: 'defs/segmentation.py:70' },
  swapped: { number: 22, what: 'the right of a point is its y, its bottom its x', where: 'defs/point.py:31' },
  zeros: { number: 23, what: 'what has no bounds of its own has zeros', where: 'defs/cube.py' },
  truncated: {
    number: 33,
    what: 'the fill whose pixels are the area truncates corners',
    where: 'defs/segmentation.py:202',
  },
  crowd: { number: 39, what: 'the mask of one object is a crowd' },
  decimals: { number: 44, what: 'corners are written with decimals', where: 'utilities/converter.py:1197' },
  offline: { number: 67, what: 'annotations of a video need the platform', where: 'entities/annotation.py:1705' },
  flat: { number: 71, what: 'flat lists of points are not understood', where: 'defs/polygon.py:170' },
  childless: { number: 88, what: 'a pose that has its points elsewhere fails', where: 'utilities/converter.py:483' },
  evaluated: {
    number: 97,
    what: 'texts of elements are evaluated as attributes',
    where: 'utilities/converter.py:1326',
  },
  python: { number: 98, what: 'attributes are as Python prints them', where: 'assets/voc_annotation_template.xml' },
  refused: { number: 104, what: 'a type is refused, and the text of the error is among the results' },
} as const satisfies Readonly<Record<string, Known>>

export type SdkDefect = keyof typeof SDK_DEFECTS

/** What a comparison has found: all is equal, or different as known defects make it, or there is a first other thing. */
export class Verdict {
  #reason: string | undefined

  /** The first difference that no defect explains. */
  get reason(): string | undefined {
    return this.#reason
  }

  /** What must be equal; doubles may have been worked out in another order. */
  same(what: string, theirs: unknown, ours: unknown): this {
    return this.holds(alike(theirs, ours), `${what}: ${shown(theirs)} there, ${shown(ours)} here`)
  }

  /** What must be different in just the way this defect makes it. */
  differs(defect: SdkDefect, so: boolean, theirs: unknown): this {
    return this.holds(so, `${shown(theirs)} is not explained by: ${SDK_DEFECTS[defect].what}`)
  }

  holds(so: boolean, otherwise: string): this {
    if (!so) this.#reason ??= otherwise
    return this
  }
}

/** Whether two values of JSON say the same. */
export function alike(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number')
    return Math.abs(a - b) <= Math.max(1e-9, 1e-14 * Math.max(Math.abs(a), Math.abs(b)))
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return a === b
  const others = new Map(Object.entries(b))
  const own = Object.entries(a)
  return own.length === others.size && own.every(([key, value]) => others.has(key) && alike(value, others.get(key)))
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}
