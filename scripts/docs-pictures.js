// The pictures of docs/coordinates.md, made by the library itself: what they show is what it does. They are the same on
// every run, so that a test can compare them. Run after a build.

import { mkdirSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { coordinates } from './pictures/coordinates.js'
import { fillRules, lines, sharedEdge } from './pictures/fills.js'
import { bridges, islands, simplified, touching } from './pictures/outlines.js'

/** The text of each picture by the name of its file in docs/images. */
export function docsPictures() {
  return new Map([
    ['coordinates.svg', coordinates()],
    ['fill-rules.svg', fillRules()],
    ['shared-edge.svg', sharedEdge()],
    ['touching.svg', touching()],
    ['islands.svg', islands()],
    ['bridges.svg', bridges()],
    ['simplified.svg', simplified()],
    ['lines.svg', lines()],
  ])
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const folder = new URL('../docs/images/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of docsPictures()) {
    writeFileSync(new URL(name, folder), text)
    console.log(`docs/images/${name}`)
  }
}
