import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import * as vtt from '../src/converters/vtt/index.js'
import * as geometry from '../src/geometry/index.js'
import * as deflate from '../src/io/deflate.js'
import * as mask from '../src/mask/index.js'
import * as node from '../src/node.js'
import * as png from '../src/png/index.js'
import * as json from '../src/text/json-value.js'
import type { Library } from './conformance/library.js'
import type { Tally } from './conformance/tally.js'
import { judgeAll } from './conformance/walk.js'

export const LIBRARY: Library = { node, json, mask, geometry, png, vtt, deflate }

/** A folder of corpora and one of goldens for each test, and the runner's judgement of the last sub-folder of both. */
export class Sandbox {
  #root = ''

  constructor() {
    beforeEach(() => {
      this.#root = mkdtempSync(join(tmpdir(), 'annoform-conformance-'))
      mkdirSync(join(this.#root, 'corpora'))
      mkdirSync(join(this.#root, 'goldens'))
    })
    afterEach(() => rmSync(this.#root, { recursive: true, force: true }))
  }

  put(path: string, content: string | object): void {
    mkdirSync(dirname(join(this.#root, path)), { recursive: true })
    writeFileSync(join(this.#root, path), typeof content === 'string' ? content : JSON.stringify(content))
  }

  async judged(library: Library = LIBRARY): Promise<Tally> {
    const world = { library, corpora: join(this.#root, 'corpora') }
    let last: Tally | undefined
    for await (const tally of judgeAll(join(this.#root, 'goldens'), world)) last = tally
    if (last === undefined) throw new Error('nothing was judged')
    return last
  }
}

export const failed = (tally: Tally): readonly string[] => tally.failures.map(({ check }) => check)

/** One triangle on one picture. */
export const COCO = {
  images: [{ id: 1, width: 40, height: 30, file_name: 'a.jpg' }],
  annotations: [
    {
      id: 5,
      image_id: 1,
      category_id: 7,
      segmentation: [[2, 3, 12.5, 3, 2, 9]],
      area: 31.5,
      bbox: [2, 3, 10.5, 6],
      iscrowd: 0,
    },
  ],
  categories: [
    { id: 9, name: 'dog' },
    { id: 7, name: 'cat' },
  ],
}
