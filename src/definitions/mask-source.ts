import { Mask } from '../mask/mask.js'

/** A mask, or something that has one, such as a `Segmentation`. */
export type MaskSource = Mask | { readonly mask: Mask }

/** The mask of a source. @throws TypeError for what is neither a mask nor has one. */
export function maskFrom(source: MaskSource): Mask {
  const mask: unknown = source instanceof Mask ? source : (source as { readonly mask?: unknown } | undefined)?.mask
  if (!(mask instanceof Mask)) throw new TypeError('a mask, or a definition that has one, is needed')
  return mask
}
