import type { Account } from '../../dataset/account.js'
import { integerId } from '../../dataset/id.js'
import { type Label, LabelTree, uniqueName } from '../../dataset/labels.js'
import { classLabels } from './class-names.js'
import type { Layout } from './layout.js'

/** The labels of a data set, and the label of every class that rows name. */
export interface ClassLabels {
  readonly tree: LabelTree
  readonly nameOf: (index: number) => string
  /** Whether a class has no name although others have. */
  readonly isUnknown: (index: number) => boolean
}

/**
 * The labels that a description names, and a label for every class without a name that `used` has: its number where there
 * are no names at all, else `class 7`, which is no label of the data set's own.
 */
export function labelsFor(
  { classes, count }: Pick<Layout, 'classes' | 'count'>,
  used: ReadonlySet<number>,
  source: string,
  account: Account,
): ClassLabels {
  const named = classes === undefined ? [] : classLabels(classes.list, classes.file, account)
  const byIndex = new Map(named.map(({ name, id }) => [Number(id?.text), name]))
  if (classes !== undefined && count !== undefined && count !== named.length)
    account.problem({
      code: 'labels-mismatch',
      message: 'there are not as many class names as there are said to be',
      place: { file: classes.file },
      expected: `${count} names`,
      got: String(named.length),
    })
  const without = [...used].filter((index) => !byIndex.has(index)).sort((a, b) => a - b)
  if (classes === undefined && without.length > 0)
    account.problem({
      code: 'unknown-label',
      message: 'there are no class names; classes are called by their numbers',
      place: { file: source },
      fix: 'Put a data.yaml or a classes.txt beside the labels',
    })
  const unknown = new Set(classes === undefined ? [] : without)
  const taken = new Set(byIndex.values())
  const labels: Label[] = [...named]
  for (const index of without) {
    const name = uniqueName(classes === undefined ? String(index) : `class ${index}`, taken)
    taken.add(name)
    byIndex.set(index, name)
    labels.push({ name, id: integerId(String(index)), declared: classes === undefined ? undefined : false })
  }
  return {
    tree: new LabelTree(labels),
    nameOf: (index) => byIndex.get(index) ?? `class ${index}`,
    isUnknown: (index) => unknown.has(index),
  }
}
