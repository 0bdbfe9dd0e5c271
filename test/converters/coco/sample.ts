import type { Annotation } from '../../../src/dataset/annotation.js'
import type { Dataset } from '../../../src/dataset/dataset.js'
import { mapAnnotations } from '../../../src/dataset/transforms.js'
import { documentText } from './harness.js'

// Seven annotations that are written in seven ways; the numbers show whether an element was written afresh.
export const ANNOTATIONS = [
  '{"id":1,"image_id":1,"category_id":1,"bbox":[1.0,2.0,3.0,4.0],"area":12.0,"iscrowd":0,"segmentation":[]}',
  '{"segmentation":[[1.0,2.0,30.50,4.0,5.0,20.25]],"id":2,"category_id":1,"image_id":1,"bbox":[1.00,2.0,29.5,18.25],"area":1.50e2}',
  '{"id":3,"image_id":1,"category_id":2,"bbox":[0.0,0,5,5],"segmentation":{"counts":[6,0,0,2,12],"size":[4,5],"x":1.0},"iscrowd":1}',
  '{"id":4,"image_id":1.0,"category_id":2,"keypoints":[1.0,2.0,2],"num_keypoints":1.0,"bbox":[5.0,5,5,5]}',
  '{"id":5,"image_id":1,"category_id":2}',
  '{"id":6,"image_id":1,"category_id":1,"bbox":[0.10,0.20,0.30,0.40],"attributes":{"a":1.0},"score":0.50}',
  '{"id":7,"image_id":1,"caption":"x","z":1.0}',
] as const
export const CATEGORIES = [
  '{"id":1.0,"name":"cat","supercategory":"animal","w":1.0}',
  '{"id":2,"name":"dog","keypoints":["nose"],"skeleton":[]}',
  '{"id":7,"name":"cow"}',
]
export const SOURCE = documentText({ annotations: ANNOTATIONS, categories: CATEGORIES })

/** Only the annotation with this id changed, in every way a test wants. */
export function changing(id: number, change: (annotation: Annotation) => Annotation): (dataset: Dataset) => Dataset {
  return (dataset) =>
    mapAnnotations(dataset, (annotation) => [annotation.id?.text === String(id) ? change(annotation) : annotation])
}
