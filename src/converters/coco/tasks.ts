import { type Extra, type ExtraFields, NO_FIELDS } from '../../dataset/extra.js'

// COCO describes the same pictures in one file for each task. They are read as one data set; what was in which file
// stands in the extra of items, annotations and labels.

/** The files of one split, in the order in which they are merged: the first ones say most about an image. */
export const TASKS = [
  'instances',
  'person_keypoints',
  'stuff',
  'labels',
  'panoptic',
  'captions',
  'image_info',
  'results',
] as const
export type Task = (typeof TASKS)[number]

/**
 * Under this key of the extra: `keys` are the tasks whose files have the element, the first of them is the one it was read
 * from; `fields` holds the JSON texts of the others where they differ.
 */
export const IN_TASKS = 'coco:tasks'

export function isTask(text: string): text is Task {
  return (TASKS as readonly string[]).includes(text)
}

/** The tasks an element is in; undefined where the source has but one file for each split, or all files have it alike. */
export function tasksOf(extra: Extra | undefined): ExtraFields | undefined {
  return extra?.get(IN_TASKS)
}

export function inTasks(keys: readonly string[], fields: ReadonlyMap<string, string> = NO_FIELDS): ExtraFields {
  return { keys, fields }
}
