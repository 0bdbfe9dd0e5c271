// What other programs are known to make of objects that another format says otherwise. Whatever is not said here is exact.

/** One conversion by another program. */
export interface PeerRun {
  readonly peer: string
  readonly from: string
  readonly to: string
  readonly task: string
}

export interface Deviation {
  /** What the program does, in a sentence. */
  readonly why: string
  /** Added to every edge, in pixels. */
  readonly shift?: number
  /** Decimals are cut off afterwards, so that an edge may be up to a pixel less. */
  readonly cut?: true
  /** Digits behind the point of centres and sides, as shares of the picture. */
  readonly digits?: number
  /** How far an edge may be away, in pixels. */
  readonly pixels?: number
  /** Only boxes are written, even where regions are asked for. */
  readonly boxes?: true
  /** How much of a region must be there; all of it unless this says otherwise. */
  readonly overlap?: number
  /** Objects that are not written. */
  readonly missing?: 'crowds'
  /** Objects that are written over and above. */
  readonly more?: 'contours' | 'parts'
}

interface Known extends Deviation, Partial<PeerRun> {
  readonly peer: string
}

/** The first one that fits holds. */
const KNOWN: readonly Known[] = [
  {
    peer: 'supervision',
    from: 'voc',
    to: 'coco',
    why: 'moves all four corners by -1 as if they were counted from 1, and with them the right and bottom edges',
    shift: -1,
  },
  { peer: 'supervision', from: 'voc', to: 'yolo', why: 'the same, and writes five digits', shift: -1, digits: 5 },
  {
    peer: 'supervision',
    to: 'voc',
    task: 'det',
    why: 'adds 1 to all four corners, then cuts off their decimals',
    shift: 1,
    cut: true,
    pixels: 5e-5,
  },
  {
    peer: 'supervision',
    to: 'yolo',
    task: 'seg',
    why: 'goes by way of pixels: polygons run through pixels inside, and every contour is an object, holes too',
    cut: true,
    digits: 5,
    overlap: 0.7,
    more: 'contours',
  },
  {
    peer: 'supervision',
    to: 'voc',
    task: 'seg',
    why: 'the same, and adds 1 to all corners',
    shift: 1,
    cut: true,
    pixels: 5e-5,
    overlap: 0.5,
    more: 'contours',
  },
  {
    peer: 'supervision',
    to: 'coco',
    task: 'seg',
    why: 'goes by way of pixels, but has the box from the ring, as single precision',
    pixels: 5e-5,
    overlap: 0.7,
  },
  { peer: 'supervision', to: 'yolo', why: 'writes five digits', digits: 5 },
  { peer: 'supervision', why: 'reckons in single precision', pixels: 5e-5 },
  {
    peer: 'datumaro',
    from: 'voc',
    to: 'yolo',
    why: 'makes objects of the parts, and writes six digits',
    digits: 6,
    more: 'parts',
  },
  { peer: 'datumaro', from: 'voc', why: 'makes objects of the parts', more: 'parts' },
  { peer: 'datumaro', from: 'yolo', why: 'rounds what it reads to hundredths of a pixel', pixels: 0.0101 },
  { peer: 'datumaro', to: 'voc', why: 'writes single precision, and boxes only', pixels: 5e-5, boxes: true },
  { peer: 'datumaro', to: 'yolo', why: 'writes six digits, and boxes only', digits: 6, boxes: true },
  ...['ultralytics', 'json2yolo'].map((peer) => ({
    peer,
    why: 'leaves out crowds, and writes six digits that count',
    digits: 6,
    missing: 'crowds' as const,
    overlap: 0.9995,
  })),
  { peer: 'globox', why: 'writes boxes only', boxes: true },
  { peer: 'labelformat', why: 'numbers YOLO classes as COCO does, and says so in data.yaml' },
]

/** What is known about a conversion; undefined where nothing is. */
export function deviationOfPeer(run: PeerRun): Deviation | undefined {
  return KNOWN.find(
    ({ peer, from, to, task }) =>
      peer === run.peer &&
      (from ?? run.from) === run.from &&
      (to ?? run.to) === run.to &&
      (task ?? run.task) === run.task,
  )
}

/** Doubles worked out in another order. */
const DOUBLES = 1e-6

/** The least and the greatest an edge may be away, in pixels of a picture as long as this. */
export function allowance(
  { shift = 0, cut, digits, pixels = DOUBLES }: Deviation,
  side: number,
): readonly [number, number] {
  // A centre and half a side, each half a unit off.
  const off = digits === undefined ? pixels : 0.75 * 10 ** -digits * side + DOUBLES
  return [shift - (cut === true ? 1 : 0) - off, shift + off]
}
