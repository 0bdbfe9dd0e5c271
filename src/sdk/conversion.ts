import type { Annotation } from '../dataset/annotation.js'
import type { Dataset } from '../dataset/dataset.js'
import type { Item } from '../dataset/item.js'
import { type ConversionFunction, filterItems, mapAnnotations } from '../dataset/transforms.js'

/** What to take of a data set, and what to make of it. */
export interface Selection {
  /** Items for which this is false are left out; their annotations are `dropped: filtered`. */
  readonly filter?: ((item: Item) => boolean) | undefined
  /** Annotations for which this is false are `dropped: filtered`. */
  readonly annotationFilter?: ((annotation: Annotation, item: Item) => boolean) | undefined
  /** Called with each annotation that is left. What it returns nothing for is `dropped: filtered`. */
  readonly conversion?: ConversionFunction | undefined
}

/** The data set as a selection wants it; the given one where it wants nothing. */
export function selected(dataset: Dataset, { filter, annotationFilter, conversion }: Selection): Dataset {
  const items = filter === undefined ? dataset : filterItems(dataset, filter)
  if (annotationFilter === undefined && conversion === undefined) return items
  return mapAnnotations(items, (annotation, item) => {
    if (annotationFilter !== undefined && !annotationFilter(annotation, item)) return []
    return conversion === undefined ? annotation : conversion(annotation, item)
  })
}
