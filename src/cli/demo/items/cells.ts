import type { Annotation } from '../../../dataset/annotation.js'
import { idFrom } from '../../../dataset/id.js'
import { Item } from '../../../dataset/item.js'
import { Classification, Ellipse, Segmentation } from '../../../definitions/index.js'
import { fillPartsCoco } from '../../../mask/fill-parts.js'
import * as slide from '../scenes/cells.js'
import { MODEL, mark } from './mark.js'

const { WIDTH, HEIGHT } = slide

/** The slide with cells: masks with holes, of two pieces and of many, and nuclei that belong to cells. */
export function cellsItem(): Item {
  return new Item({
    id: idFrom(4),
    path: 'pictures/cells.png',
    media: { kind: 'image', width: WIDTH, height: HEIGHT, mimetype: 'image/png' },
    metadata: { magnification: 40, stains: ['DAPI', 'phalloidin'] },
    annotations: [
      mark(401, new Classification({ label: 'in focus' })),
      ...slide.CELLS.map((cell, i) => cellMark(402 + i, cell)),
      ...slide.CELLS.flatMap((cell, i) => cell.nuclei.map((nucleus) => ({ nucleus, parent: 402 + i }))).map(
        ({ nucleus, parent }, i) => mark(411 + i, new Ellipse({ label: 'nucleus', ...nucleus }), { parent }),
      ),
      mark(
        431,
        new Segmentation({
          label: 'speck',
          mask: fillPartsCoco(
            slide.SPECKS.map((outer) => ({ outer, holes: [] })),
            WIDTH,
            HEIGHT,
          ),
        }),
      ),
    ],
  })
}

function cellMark(id: number, { id: object, outlines, vacuoles, phase, score }: slide.Cell): Annotation {
  const parts = outlines.map((outer, i) => ({ outer, holes: i === 0 ? vacuoles : [] }))
  const mask = fillPartsCoco(parts, WIDTH, HEIGHT)
  return mark(id, new Segmentation({ label: 'cell', mask, attributes: { phase } }), {
    object,
    score,
    model: MODEL,
    automated: true,
    flags: phase === 'anaphase' ? { difficult: true } : undefined,
  })
}
