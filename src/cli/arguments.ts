import { InvalidArgumentError } from 'commander'
import type { Size } from '../converters/sizes.js'
import type { SplitShare } from '../dataset/transforms.js'
import { FAIL_ON, type FailOn } from './exit-code.js'

/** `dropped,fields` as a list. */
export function failOnArgument(text: string): readonly FailOn[] {
  return text.split(',').map((word) => {
    const condition = FAIL_ON.find((known) => known === word.trim())
    if (condition === undefined)
      throw new InvalidArgumentError(`${JSON.stringify(word)} is none of ${FAIL_ON.join(', ')}.`)
    return condition
  })
}

/** A folder's name; an empty one is an unset variable of the shell. */
export function folderArgument(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It is empty.')
  return text
}

/** The name of a split, or `train=80,val=20` as shares. */
export function splitArgument(text: string): string | readonly SplitShare[] {
  if (!text.includes('=')) {
    if (text.trim() === '' || /^[^,]*[:,]\s*\d+|,/.test(text))
      throw new InvalidArgumentError('Give the name of a split, or shares like train=80,val=20.')
    return text
  }
  const shares = text.split(',').map((part) => {
    const [name = '', share = '', ...rest] = part.split('=').map((word) => word.trim())
    const value = Number(share)
    if (name === '' || share === '' || rest.length > 0 || !(value > 0) || value === Infinity)
      throw new InvalidArgumentError(`${JSON.stringify(part)} is no share like train=80.`)
    return { name, share: value }
  })
  if (new Set(shares.map(({ name }) => name)).size < shares.length)
    throw new InvalidArgumentError('A split is named twice.')
  return shares
}

/** A whole number from 0. */
export function seedArgument(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('A seed is a whole number from 0.')
  return Number(text)
}

/** `640x480`, or undefined for what is a file. */
export function sizeOf(text: string): Size | undefined {
  const match = /^(\d{1,9})x(\d{1,9})$/i.exec(text)
  const [width, height] = [Number(match?.[1]), Number(match?.[2])]
  return width > 0 && height > 0 ? { width, height } : undefined
}
