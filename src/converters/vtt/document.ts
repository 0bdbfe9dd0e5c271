// A WebVTT document by value: what its text says, without line ends, blank lines and the like.

/** A cue as its text stands in the file. `cueSettings` and `cueTree` say what a browser makes of settings and text. */
export interface VttCue {
  readonly kind: 'cue'
  /** Empty where there is none. */
  readonly id: string
  /** Whole milliseconds. */
  readonly start: number
  readonly end: number
  /** The list of settings, unknown ones included, without white space at its ends. */
  readonly settings: string
  /** With its markup; lines joined by LF. */
  readonly text: string
}

/** Anything between cues. */
export interface VttBlock {
  /**
   * `note`: a comment · `style`: a style sheet before the first cue · `region`: the definition of one · `other`: lines that
   * browsers pass over · `broken`: a cue that cannot be read, because its timing line cannot.
   */
  readonly kind: 'note' | 'style' | 'region' | 'other' | 'broken'
  /** Of `note`, `style` and `region` what stands behind the word; of the others all of it. Lines joined by LF. */
  readonly text: string
}

export interface VttDocument {
  /** What stands behind `WEBVTT` on the first line, without the space between. */
  readonly title: string
  /** Lines under the first one up to the blank one: `Kind: captions` of YouTube, `X-TIMESTAMP-MAP=` of HLS. */
  readonly header: readonly string[]
  readonly blocks: readonly (VttCue | VttBlock)[]
}

/** A departure from the syntax of the format, however readable. Line and column count from 1, columns in UTF-16 units. */
export interface Finding {
  readonly line: number
  readonly column: number
  readonly message: string
  readonly expected?: string | undefined
  readonly got?: string | undefined
  /** A cue is left out because of it. */
  readonly lossy?: boolean | undefined
}

/** The cues of a document. */
export function cuesOf({ blocks }: VttDocument): readonly VttCue[] {
  return blocks.filter((block) => block.kind === 'cue')
}

/** What `X-TIMESTAMP-MAP` of a segmented file says: at which tick of the 90 kHz clock of the stream which cue time is. */
export interface TimestampMap {
  readonly mpegts: number
  /** Milliseconds. */
  readonly local: number
}
