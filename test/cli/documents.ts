/** A sound COCO document: two images that are not square, a polygon, a box and an empty image. */
export const CLEAN = JSON.stringify({
  images: [
    { id: 1, file_name: 'a.jpg', width: 20, height: 10 },
    { id: 2, file_name: 'b.jpg', width: 30, height: 40 },
  ],
  annotations: [
    { id: 1, image_id: 1, category_id: 1, bbox: [1, 2, 3, 4], area: 6, iscrowd: 0, segmentation: [[1, 2, 4, 2, 4, 6]] },
    { id: 2, image_id: 1, category_id: 2, bbox: [5, 1, 10, 8], area: 80, iscrowd: 0 },
  ],
  categories: [
    { id: 1, name: 'cat' },
    { id: 2, name: 'dog' },
    { id: 3, name: 'owl' },
  ],
})

/** The same with a third annotation that means nothing. */
export const FLAWED = CLEAN.replace(
  '],"categories"',
  ',{"id":3,"image_id":2,"category_id":1,"segmentation":"round"}],"categories"',
)

/** Many images whose polygons take long to be filled: a slow conversion from a small file. */
export function slowDocument(images: number): string {
  const ring = '[10,20,1910,20,1500.5,1000,1910,1420,10,1420,400,700]'
  const parts = (part: (id: number) => string): string =>
    Array.from({ length: images }, (_, i) => part(i + 1)).join(',')
  return `{"images":[${parts((id) => `{"id":${id},"file_name":"${id}.jpg","width":2000,"height":1500}`)}],
"annotations":[${parts((id) => `{"id":${id},"image_id":${id},"category_id":1,"bbox":[10,20,1900,1400],"segmentation":[${ring}]}`)}],
"categories":[{"id":1,"name":"cat"}]}`
}
