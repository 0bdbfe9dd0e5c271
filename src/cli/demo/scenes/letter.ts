/** A letter, and the words in it that are marked. */

export const LETTER = `Dear Ada,

the harbour is quiet this morning. Eleven boats are in, and the ferry leaves at nine o'clock.
Somebody left a parcel before number 27; one corner of it is dented, so I have sent it back.

Come for breakfast on Sunday. There will be donuts.

Yours,
Mira
`

/** Label, and the words as they stand in the letter. */
export const MARKS = [
  ['name', 'Ada'],
  ['place', 'the harbour'],
  ['quantity', 'Eleven boats'],
  ['time', "nine o'clock"],
  ['place', 'number 27'],
  ['time', 'Sunday'],
  ['name', 'Mira'],
] as const

export const SUMMARY = 'An invitation to breakfast.'
