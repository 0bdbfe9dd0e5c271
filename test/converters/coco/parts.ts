export const BOX = '"bbox":[1,2,3,4]'

export function part(
  name: string,
  categories: readonly string[],
  annotations: readonly string[],
  info = `"info":{"part":"${name}"},`,
): string {
  return `{${info}"images":[{"id":1,"file_name":"${name}.jpg"}],"categories":[${categories}],"annotations":[${annotations}]}`
}

export const CAT = '{"id":1,"name":"cat"}'
export const DOG = '{"id":2,"name":"dog"}'
export const one = (id: number, category: number): string =>
  `{"id":${id},"image_id":1,"category_id":${category},${BOX}}`
