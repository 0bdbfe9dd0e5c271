import { Annotation } from '../../dataset/annotation.js'
import { boundsEqual } from '../../geometry/bounds.js'
import { decodeUtf8 } from '../../text/decode.js'
import { IN_TASKS, inTasks, type Task } from './tasks.js'

/** The annotations of one image from two files as one list, and how many elements are no annotation of their own in it. */
export interface Joined {
  readonly annotations: readonly Annotation[]
  readonly twins: readonly Annotation[]
}

/**
 * The key points of an object are in one file and its region in another, under the same id. Both are one annotation, that of
 * `more`, which has the text of the other with it. The order of both lists stays.
 */
export function joined(first: readonly Annotation[], task: Task, more: readonly Annotation[], moreTask: Task): Joined {
  const places = new Map<string, number>()
  for (const [i, { id }] of first.entries()) if (id !== undefined) places.set(id.text, i)
  const annotations: Annotation[] = []
  const twins: Annotation[] = []
  let alone: Annotation[] = []
  let next = 0
  for (const annotation of more) {
    const at = annotation.id === undefined ? undefined : places.get(annotation.id.text)
    const twin = at === undefined || at < next ? undefined : first[at]
    if (at === undefined || twin?.raw === undefined || !isSame(twin, annotation)) {
      alone.push(annotation)
      continue
    }
    annotations.push(...first.slice(next, at), ...alone)
    alone = []
    const text = decodeUtf8(twin.raw.bytes, 0, twin.raw.bytes.length)
    const tasks = inTasks([moreTask, task], new Map([[task, text]]))
    annotations.push(
      new Annotation({ ...annotation, extra: new Map([...(annotation.extra ?? []), [IN_TASKS, tasks]]) }),
    )
    twins.push(twin)
    next = at + 1
  }
  annotations.push(...first.slice(next), ...alone)
  return { annotations, twins }
}

/** One object: the same kind of thing in the same place. Areas are rounded differently in the two files of COCO. */
function isSame(a: Annotation, b: Annotation): boolean {
  const [boxA, boxB] = [a.box ?? a.bounds, b.box ?? b.bounds]
  const placed = boxA === null || boxB === null ? boxA === boxB : boundsEqual(boxA, boxB, 0)
  return placed && a.label === b.label && (a.flags.crowd ?? false) === (b.flags.crowd ?? false)
}
