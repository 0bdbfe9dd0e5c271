import { createDataset, type Dataset } from '../../dataset/dataset.js'
import { ballItem } from './items/ball.js'
import { breakfastItem } from './items/breakfast.js'
import { cellsItem } from './items/cells.js'
import { chimesItem } from './items/chimes.js'
import { harbourItem } from './items/harbour.js'
import { letterItem } from './items/letter.js'
import { parcelItem } from './items/parcel.js'
import { runnerItem } from './items/runner.js'
import { streetItem } from './items/street.js'
import { demoLabels } from './labels.js'

/**
 * The data set of the demo: six pictures, a film, a letter and a sound, all our own, with every type of definition.
 * Paths are relative to the output folder of the demo, which has the files.
 */
export function demoDataset(): Dataset {
  return createDataset({
    items: [
      streetItem(),
      breakfastItem(),
      harbourItem(),
      cellsItem(),
      runnerItem(),
      parcelItem(),
      ballItem(),
      letterItem(),
      chimesItem(),
    ],
    labels: demoLabels(),
    info: { description: 'The annoform demo: pictures and annotations drawn by a program', version: '1' },
  })
}
