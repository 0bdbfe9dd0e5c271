// Seeded masks and polygons for trace-fill.js.

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seeded(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A star-shaped ring around (cx, cy) whose radius swings by up to `swing` of itself, as a sum of a few waves. */
export function star(random, cx, cy, radius, vertices, swing) {
  const waves = Array.from({ length: 5 }, (_, k) => ({
    turns: k + 2,
    size: (random() * swing) / (k + 1),
    shift: random() * 2 * Math.PI,
  }))
  const ring = new Float64Array(vertices * 2)
  for (let i = 0; i < vertices; i++) {
    const angle = (i * 2 * Math.PI) / vertices
    const r = radius * waves.reduce((sum, { turns, size, shift }) => sum + size * Math.sin(turns * angle + shift), 1)
    ring[i * 2] = cx + r * Math.cos(angle)
    ring[i * 2 + 1] = cy + r * Math.sin(angle)
  }
  return ring
}

/** `count` rings of 4 to 1000 vertices (mean about 180), with radii of 1 to 12 hundredths of the height. */
export function polygons(seed, width, height, count) {
  const random = seeded(seed)
  return Array.from({ length: count }, () => {
    const vertices = Math.round(4 * 250 ** random())
    const radius = height * 0.01 * 12 ** random()
    return star(random, random() * width, random() * height, radius, vertices, 0.4)
  })
}

/** The rings of one large object with a hole, or of twenty blobs, some of which meet. */
export function outlines(seed, width, height, kind) {
  const random = seeded(seed)
  if (kind === 'object') {
    const [x, y] = [width * 0.52, height * 0.47]
    return [star(random, x, y, height * 0.33, 400, 0.3), star(random, x, y, height * 0.08, 90, 0.2)]
  }
  return Array.from({ length: 20 }, () =>
    star(random, random() * width, random() * height, height * (0.03 + 0.13 * random()), 200, 0.4),
  )
}

/** Turns `share` of the pixels. */
export function salted(pixels, seed, share) {
  const random = seeded(seed)
  const copy = pixels.slice()
  for (let i = 0; i < copy.length; i++) if (random() < share) copy[i] ^= 1
  return copy
}
