import { describe, expect, it } from 'vitest'
import { dataloopItem, parseDataloopItem } from '../../../src/converters/dataloop/index.js'
import { Annotation } from '../../../src/dataset/annotation.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item, type Media } from '../../../src/dataset/item.js'
import { type AnnotationDefinition, Point, UndefinedAnnotation } from '../../../src/definitions/index.js'

const point = new Point({ label: 'cat', x: 1, y: 2 })

function itemOf(definitions: readonly AnnotationDefinition[], media: Media = { kind: 'image' }): Item {
  const annotations = definitions.map((definition) => new Annotation({ definition }))
  return new Item({ id: idFrom('i'), path: 'a', media, annotations })
}

describe('what is refused, and what is not', () => {
  it('a type that means something else to Dataloop', () => {
    const definition = new UndefinedAnnotation({ label: 'x', sourceType: 'box', coordinates: {} })
    expect(dataloopItem(itemOf([definition])).outcomes).toEqual([
      { effect: 'dropped', subject: 'undefined', reason: 'its type means something else in Dataloop' },
    ])
  })

  it('nothing of what other formats say on video and audio', () => {
    const media = { kind: 'video', mimetype: 'video/mp4' } as const
    const carried = new UndefinedAnnotation({ label: 'x', sourceType: 'box', coordinates: [] })
    const { outcomes, text } = dataloopItem(itemOf([point, carried], media))
    expect(outcomes.map(({ effect, reason }) => [effect, reason])).toEqual([
      ['kept', undefined],
      ['kept', undefined],
    ])
    expect(parseDataloopItem(text)).toMatchObject({
      media,
      annotations: [{ definition: point }, { definition: carried }],
    })
  })
})
