import type { SourceTree } from '../../ports.js'
import { looksLikeRows } from './read-file.js'
import { nameOf, type TreeIndex } from './tree-index.js'

/** Files of class names. */
const CLASSES = /^(?:classes|labels|predefined_classes|obj_names|names)\.txt$/i
/** Texts about a data set, with what Roboflow puts before the extension. */
const ABOUT = /^(?:readme|license|notice|requirements|notes)(?:\.(?:dataset|roboflow))?\.txt$/i

/**
 * Whether a text file is called like one that holds something else than rows. In a folder `labels` only lists of class names
 * are, and even they may be labels: those of a picture `names.jpg`.
 */
export function isNoLabelFile(path: string): boolean {
  const name = nameOf(path)
  return CLASSES.test(name) || (ABOUT.test(name) && !isAmongLabels(path))
}

/** The text files of a tree that are not read as labels, unless a picture leads to them. */
export async function setAside(tree: SourceTree, index: TreeIndex): Promise<ReadonlySet<string>> {
  const aside = new Set<string>()
  for (const path of index.paths)
    if (isNoLabelFile(path) && !(isAmongLabels(path) && (await looksLikeRows(tree, path)))) aside.add(path)
  return aside
}

function isAmongLabels(path: string): boolean {
  return path.startsWith('labels/') || path.includes('/labels/')
}
