// The library in Node: the pure surface, files and folders.

export * from './index.js'
export { nodeDeflate } from './io/deflate.js'
export { fileSource } from './io/file-source.js'
export { type DiskTree, fileTree, folderTree, type SkippedEntry, sourceTree } from './io/folder.js'
export { createOutput, type Output, type OutputOptions } from './io/output.js'
export type { PictureFolders } from './io/picture-search.js'
export { type PictureFrame, pictureSizes } from './io/picture-size.js'
export type { MediaMode } from './io/place-pictures.js'
export { type DiskScratch, type DiskScratchOptions, diskScratch } from './io/scratch.js'
export {
  type ConvertOptions,
  convert,
  type JobOptions,
  type OpenOptions,
  openDataset,
  type ReadOptions,
} from './node/convert.js'
export {
  Converter,
  type DatasetConversion,
  type DirectoryConversion,
  type FileConversion,
} from './node/converter.js'
export type { SizingOptions } from './node/sizing.js'
