import type { CorpusFile, Layout, World } from './corpus.js'
import { describe, type Tally } from './tally.js'

/** Has files judged by the layout they would have anywhere else. */
export async function judgeAs(layout: Layout, files: readonly CorpusFile[], tally: Tally, world: World): Promise<void> {
  const claimed = layout.claim(files, world)
  try {
    if (claimed.length > 0) await layout.judge(claimed, tally, world)
    else tally.fail(layout.name, `nothing is laid out like this: ${files[0]?.path}`)
  } catch (error) {
    tally.fail(layout.name, describe(error))
  }
}
