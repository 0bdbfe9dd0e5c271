/** A point in continuous pixels: x to the right, y down, (0, 0) at the outer top-left corner of the top-left pixel. */
export type Pt = readonly [x: number, y: number]
