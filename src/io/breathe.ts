import { setImmediate } from 'node:timers/promises'
import type { Dataset } from '../dataset/dataset.js'

/** Milliseconds of work between two looks at signals, timers and the terminal. */
const BREATH = 40

/**
 * The data set with pauses in its stream. Reading from memory and with `readSync` awaits only settled promises, so that
 * Ctrl-C would be heard when everything is over.
 */
export function breathing(dataset: Dataset): Dataset {
  return {
    header: dataset.header,
    itemCount: dataset.itemCount,
    async *items(account) {
      let last = performance.now()
      for await (const item of dataset.items(account)) {
        if (performance.now() - last > BREATH) {
          await breath()
          last = performance.now()
        }
        yield item
      }
    },
    close: () => dataset.close(),
  }
}

/** Lets signals, timers and input have their turn. */
export async function breath(): Promise<void> {
  await setImmediate()
}
