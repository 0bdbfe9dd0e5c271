import { Annotation } from '../../dataset/annotation.js'
import type { Extra } from '../../dataset/extra.js'
import type { Id } from '../../dataset/id.js'
import type { Item } from '../../dataset/item.js'
import { encodeUtf8 } from '../../text/decode.js'
import { idIn } from './ids.js'
import { fieldsIn } from './raw-names.js'
import { geometryChanged } from './same-geometry.js'
import { isTask, type Task, tasksOf } from './tasks.js'

/** What one file gets of an item: its annotations by their numbers, those that stand in another file too among them. */
export interface TaskPart {
  readonly numbers: number[]
  /** Numbers of those whose element here is the one `tasksOf` has the text of. */
  readonly twins: Set<number>
}

/** Which files an item and its annotations go to; `tasks` are those the split has. */
export function partsOf(item: Item, tasks: readonly Task[], single: boolean): ReadonlyMap<Task, TaskPart> {
  const parts = new Map<Task, TaskPart>()
  const part = (task: Task): TaskPart => {
    let found = parts.get(task)
    if (found === undefined) {
      found = { numbers: [], twins: new Set() }
      parts.set(task, found)
    }
    return found
  }
  const listed = tasksOf(item.extra)?.keys ?? (item.extra?.has('coco') === true ? tasks : tasks.slice(0, 1))
  for (const task of listed) if (isTask(task) && tasks.includes(task)) part(task)
  for (const [number, annotation] of item.annotations.entries()) {
    const [own, ...others] = single ? [tasks[0] ?? 'instances'] : taskOf(annotation, tasks)
    if (own !== undefined) part(own).numbers.push(number)
    for (const task of others) {
      const other = part(task)
      other.numbers.push(number)
      other.twins.add(number)
    }
  }
  if (parts.size === 0) part(tasks[0] ?? 'instances')
  return parts
}

/** The file an annotation belongs to, and those that have it too. */
function taskOf(annotation: Annotation, tasks: readonly Task[]): readonly Task[] {
  const known =
    tasksOf(annotation.extra)?.keys.filter((task): task is Task => isTask(task) && tasks.includes(task)) ?? []
  if (known.length > 0) return known
  const [first = 'instances'] = tasks
  if (annotation.extra?.has('coco') === true) return [first]
  if (annotation.type === 'text') return ['captions']
  if (annotation.type === 'pose' && tasks.includes('person_keypoints')) return ['person_keypoints']
  return [first === 'captions' || first === 'image_info' ? 'instances' : first]
}

/** Whether an item of a split of one file needs another file for something. */
export function needsParts({ annotations }: Item, task: Task, single: boolean): boolean {
  if (single || task === 'results' || task === 'panoptic') return false
  for (const { type, extra } of annotations) {
    if (extra?.has('coco') === true) continue // it has its place where it came from
    if (type === 'text' ? task !== 'captions' : task === 'captions' || task === 'image_info') return true
  }
  return false
}

/** An item as one file has it, and which of its annotations another file has too, with whether their geometry changed. */
export function partItem(
  item: Item,
  task: Task,
  { numbers, twins }: TaskPart,
): { readonly item: Item; readonly twins: ReadonlyMap<Annotation, boolean> } {
  const moved = new Map<Annotation, boolean>()
  const annotations = numbers.map((number) => {
    const annotation = item.annotations[number] as Annotation
    if (!twins.has(number)) return annotation
    const twin = new Annotation({ ...annotation, ...elementIn(annotation, task) })
    moved.set(twin, geometryChanged(annotation, annotation.extra?.get('coco')))
    return twin
  })
  const { raw, extra } = tasksOf(item.extra)?.fields.has(task) === true ? elementIn(item, task) : item
  return { item: item.with({ annotations, extra, raw }), twins: moved }
}

/** The extra and, as long as nothing changed, the text of an element in the file of a task. */
function elementIn(element: Pick<Item, 'extra' | 'raw'> & { readonly id: Id | undefined }, task: Task) {
  const text = tasksOf(element.extra)?.fields.get(task)
  if (text === undefined) return { extra: element.extra, raw: element.raw }
  const { raw } = element
  const { keys, fields } = fieldsIn(text)
  const id = idIn(fields.get('id') ?? 'null')
  // As where it was read: the text of an id is only kept where it is another one.
  const others = id?.text === element.id?.text ? [...fields].filter(([key]) => key !== 'id') : fields
  const extra: Extra = new Map([...(element.extra ?? []), ['coco', { keys, fields: new Map(others) }]])
  return { extra, raw: raw === undefined ? undefined : { format: 'coco', bytes: encodeUtf8(text), json: true } }
}
