// What the pictures are drawn with: pixels, grids, rings and words as SVG. Everything takes the size of a pixel on paper.

const STYLE = `
.card{fill:#ffffff;stroke:#d0d7de}
.paper{fill:#f8f9fb}
.grid{fill:none;stroke:#59636e;stroke-opacity:.2;stroke-width:1}
.frame{fill:none;stroke:#8c959f;stroke-width:1}
.a{fill:#a5cdf8}.b{fill:#ffcf8a}.c{fill:#a9dfbf}.both{fill:#c9a7eb}.extra{fill:#ffb35c}
.lost{fill:#ffffff;stroke:#cf222e;stroke-width:1.5;stroke-dasharray:3 2}
.gap{fill:#cf222e}
.line{fill:none;stroke:#123c7c;stroke-width:1.75;stroke-linejoin:round;stroke-linecap:round}
.hole{fill:none;stroke:#b3261e;stroke-width:1.75;stroke-linejoin:round;stroke-linecap:round}
.thin{fill:none;stroke:#123c7c;stroke-width:1;stroke-opacity:.55}
.dashed{fill:none;stroke:#123c7c;stroke-width:1.75;stroke-dasharray:5 4}
.bridge{fill:none;stroke:#d12f87;stroke-width:3;stroke-linecap:round}
.vertex{fill:#ffffff;stroke:#123c7c;stroke-width:1.5}
.start{fill:#123c7c}.start-hole{fill:#b3261e}.bend{fill:#d12f87}
.centre{fill:#59636e;fill-opacity:.45}
.tip{fill:#123c7c}.tip-hole{fill:#b3261e}.tip-bridge{fill:#d12f87}
text{font-family:-apple-system,'Segoe UI','Helvetica Neue',Arial,'DejaVu Sans',sans-serif;font-size:12px;fill:#59636e}
.title{font-weight:600;font-size:13px;fill:#1f2328}
.code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;font-size:12.5px;font-weight:600;fill:#1f2328}
.mark{font-size:11px;fill:#1f2328}
`
  .trim()
  .replace(/\n/g, '')

/** A number of at most two decimals, the same on every machine. */
export function n(value) {
  return String(Math.round(value * 100) / 100 + 0)
}

export function escaped(text) {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

/** The pixels of a mask, a bar for each stretch of a column. */
export function pixels(mask, scale, name) {
  let path = ''
  let at = 0
  for (const [i, run] of mask.runs.entries()) {
    const end = at + run
    for (; i % 2 === 1 && at < end; ) {
      const column = Math.floor(at / mask.height)
      const foot = Math.min(end, (column + 1) * mask.height)
      const top = at - column * mask.height
      path += `M${n(column * scale)} ${n(top * scale)}h${n(scale)}v${n((foot - at) * scale)}h${n(-scale)}z`
      at = foot
    }
    at = end
  }
  return path === '' ? '' : `<path class="${name}" d="${path}"/>`
}

/** A small square in each pixel of a mask, for pixels that are not there. */
export function hollow(mask, scale, name = 'lost') {
  const side = scale * 0.56
  const inset = (scale - side) / 2
  let squares = ''
  const dense = mask.toDense()
  for (const [i, value] of dense.entries()) {
    if (value === 0) continue
    const x = (i % mask.width) * scale + inset
    const y = Math.floor(i / mask.width) * scale + inset
    squares += `<rect class="${name}" x="${n(x)}" y="${n(y)}" width="${n(side)}" height="${n(side)}" rx="1.5"/>`
  }
  return squares
}

/** The paper below everything. */
export function paper(width, height, scale) {
  return `<rect class="paper" width="${n(width * scale)}" height="${n(height * scale)}"/>`
}

/** The edges of the pixels. */
export function grid(width, height, scale) {
  let path = ''
  for (let x = 1; x < width; x++) path += `M${n(x * scale)} 0v${n(height * scale)}`
  for (let y = 1; y < height; y++) path += `M0 ${n(y * scale)}h${n(width * scale)}`
  const frame = `<rect class="frame" width="${n(width * scale)}" height="${n(height * scale)}"/>`
  return `<path class="grid" d="${path}"/>${frame}`
}

function ringPath(ring, scale, closed) {
  let path = ''
  for (let i = 0; i < ring.length; i += 2)
    path += `${i === 0 ? 'M' : 'L'}${n(ring[i] * scale)} ${n(ring[i + 1] * scale)}`
  return closed ? `${path}z` : path
}

/** Rings, closed, as one path. */
export function outline(rings, scale, name = 'line') {
  return `<path class="${name}" d="${rings.map((ring) => ringPath(ring, scale, true)).join('')}"/>`
}

export function polyline(line, scale, name = 'line') {
  return `<path class="${name}" d="${ringPath(line, scale, false)}"/>`
}

export function dot(x, y, scale, name, radius = 3) {
  return `<circle class="${name}" cx="${n(x * scale)}" cy="${n(y * scale)}" r="${n(radius)}"/>`
}

export function vertices(rings, scale, radius = 2.75) {
  let circles = ''
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) circles += dot(ring[i], ring[i + 1], scale, 'vertex', radius)
  }
  return circles
}

/** An arrow head at (x, y) that points along (dx, dy). */
export function arrow(x, y, dx, dy, scale, name = 'tip', size = 5.5) {
  const length = Math.hypot(dx, dy)
  const [u, v] = [(dx / length) * size, (dy / length) * size]
  const [px, py] = [x * scale, y * scale]
  const points = [
    px + u,
    py + v,
    px - u * 0.7 - v * 0.75,
    py - v * 0.7 + u * 0.75,
    px - u * 0.7 + v * 0.75,
    py - v * 0.7 - u * 0.75,
  ]
  return `<path class="${name}" d="M${points.map(n).join(' ')}z"/>`
}

/** Words at a place in pixels; `dx`, `dy` on paper. */
export function words(x, y, scale, text, { name = 'mark', anchor = 'middle', dx = 0, dy = 0 } = {}) {
  return `<text class="${name}" x="${n(x * scale + dx)}" y="${n(y * scale + dy)}" text-anchor="${anchor}">${escaped(text)}</text>`
}

/** Head height of a panel, and what a line of its caption takes. */
const HEAD = 22
const LINE = 17

/**
 * A grid with a heading above and a caption of some lines below. `pad` is the room around the grid on paper: left, top,
 * right, bottom.
 */
export function panel({ width, height, scale, code, title, caption = [], body, pad = [0, 0, 0, 0] }) {
  const [left, top, right, bottom] = pad
  const head = code === undefined ? escaped(title) : escaped(code)
  const name = code === undefined ? 'title' : 'code'
  let svg = `<text class="${name}" x="0" y="13">${head}</text>`
  svg += `<g transform="translate(${n(left)} ${n(HEAD + top)})">${body}</g>`
  const foot = HEAD + top + height * scale + bottom
  for (const [i, line] of caption.entries()) svg += `<text x="0" y="${n(foot + 17 + i * LINE)}">${escaped(line)}</text>`
  return { svg, width: left + width * scale + right, height: foot + caption.length * LINE + 2 }
}

const MARGIN = 22
const GAP = 26

/** A filled pixel as it looks in a picture, for the legend. */
function keyOf(name) {
  return `<rect class="${name}" width="13" height="13"/><rect class="grid" width="13" height="13"/>`
}

/** Panels in rows on a card that is opaque, so that it can be read on white and on dark ground. */
export function card({ title, description, rows, legend = [] }) {
  let body = ''
  let y = MARGIN
  let width = 0
  for (const [k, row] of rows.entries()) {
    let x = MARGIN
    for (const { svg, width: wide } of row) {
      body += `<g transform="translate(${n(x)} ${n(y)})">${svg}</g>\n`
      x += wide + GAP
    }
    width = Math.max(width, x - GAP + MARGIN)
    y += Math.max(...row.map(({ height }) => height)) + (k + 1 < rows.length ? GAP - 4 : 0)
  }
  let x = MARGIN
  for (const [name, text] of legend) {
    const key = name === 'lost' ? `<rect class="lost" x="2" y="2" width="9" height="9" rx="1.5"/>` : keyOf(name)
    body += `<g transform="translate(${n(x)} ${n(y + 14)})">${key}<text x="20" y="11">${escaped(text)}</text></g>\n`
    // About what the words take: a legend may stand a little wide, never too narrow.
    x += 44 + text.length * 6.6
  }
  if (legend.length > 0) y += 30
  const height = y + MARGIN - 4
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${n(width)}" height="${n(height)}" viewBox="0 0 ${n(width)} ${n(height)}" role="img" aria-labelledby="t d">
<title id="t">${escaped(title)}</title>
<desc id="d">${escaped(description)}</desc>
<style>${STYLE}</style>
<rect class="card" x=".5" y=".5" width="${n(width - 1)}" height="${n(height - 1)}" rx="10"/>
${body}</svg>
`
}
