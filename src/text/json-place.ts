/** Where a run of bytes comes from, for the places of errors. */
export interface TextPlace {
  /** The file's name in messages. */
  readonly file?: string | undefined
  /** The absolute position in the file of `bytes[0]` (not of `start`): the same for everything inside one window. Default 0. */
  readonly base?: number | undefined
}
