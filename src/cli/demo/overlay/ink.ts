import type { LabelTree } from '../../../dataset/labels.js'

export type Rgb = readonly [red: number, green: number, blue: number]

const UNKNOWN: Rgb = [180, 190, 205]

/** The colour of a label, a grey one when it has none. */
export function labelColor(labels: LabelTree, name: string): Rgb {
  return labels.get(name)?.color ?? UNKNOWN
}

export function css([red, green, blue]: Rgb, alpha = 1): string {
  return alpha === 1 ? `rgb(${red}, ${green}, ${blue})` : `rgba(${red}, ${green}, ${blue}, ${alpha})`
}

/**
 * Dark or white, whichever reads better on `color`. By WCAG 2 both contrasts are equal at a relative luminance of 0.18; on
 * saturated colours a little lighter than that people still read white better.
 */
export function readableOn([red, green, blue]: Rgb): string {
  const light = (value: number): number => {
    const share = value / 255
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  const luminance = 0.2126 * light(red) + 0.7152 * light(green) + 0.0722 * light(blue)
  return luminance > 0.28 ? '#10131c' : '#ffffff'
}
