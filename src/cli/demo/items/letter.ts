import { idFrom } from '../../../dataset/id.js'
import { Item } from '../../../dataset/item.js'
import { Classification, FreeText, TextMark } from '../../../definitions/index.js'
import { LETTER, MARKS, SUMMARY } from '../scenes/letter.js'
import { mark } from './mark.js'

/** The letter: marked words, and two texts about the whole. */
export function letterItem(): Item {
  return new Item({
    id: idFrom(8),
    path: 'text/letter.txt',
    media: { kind: 'text', mimetype: 'text/plain' },
    annotations: [
      mark(801, new Classification({ label: 'english' })),
      mark(802, new FreeText({ label: 'answer', text: SUMMARY, attributes: { question: 'What is it about?' } })),
      ...MARKS.map(([label, words], i) => {
        const start = LETTER.indexOf(words)
        return mark(803 + i, new TextMark({ label, textType: 'block', start, end: start + words.length }))
      }),
    ],
  })
}
