import type { Report } from '../converters/convert.js'
import type { Dataset } from '../dataset/dataset.js'
import { nodeDeflate } from '../io/deflate.js'
import type { MediaMode } from '../io/place-pictures.js'
import {
  type ConversionOptions,
  type ConverterOptions,
  Converter as CoreConverter,
  type DatasetConversion as TreeConversion,
} from '../sdk/converter.js'
import { convert } from './convert.js'

/** Where and how a conversion writes to the disk. */
interface ToDisk extends ConversionOptions {
  /** The output folder. */
  readonly out: string
  /** Write into a folder that has something in it: files of the same name are replaced, others stay. */
  readonly overwrite?: boolean | undefined
  /** What becomes of the pictures. Default: `none`, they stay where they are. */
  readonly media?: MediaMode | undefined
  /** A folder of pictures. */
  readonly images?: string | undefined
}

export type FileConversion = ToDisk
export type DirectoryConversion = ToDisk
/** Into a folder, or into any tree. */
export type DatasetConversion = ToDisk | TreeConversion

/** The converter with files and folders. Files appear when everything has gone well; otherwise nothing is left. */
export class Converter extends CoreConverter {
  constructor(options: ConverterOptions = {}) {
    super({ deflate: nodeDeflate, ...options })
  }

  /**
   * Converts one file of annotations into a folder.
   * @throws AnnotationError as `convert` of this module
   */
  convertFile(path: string, options: FileConversion): Promise<Report> {
    return this.#toDisk(path, options)
  }

  /**
   * Converts a folder of annotations into another.
   * @throws AnnotationError as `convert` of this module
   */
  convertDirectory(folder: string, options: DirectoryConversion): Promise<Report> {
    return this.#toDisk(folder, options)
  }

  /**
   * Writes a data set in a format, into a folder or a tree. The data set stays open.
   * @throws AnnotationError as `convert` of this module
   */
  override convertDataset(dataset: Dataset, options: DatasetConversion): Promise<Report> {
    return 'tree' in options ? super.convertDataset(dataset, options) : this.#toDisk(dataset, options)
  }

  #toDisk(from: string | Dataset, conversion: ToDisk): Promise<Report> {
    const { policy, rewrite, sizes, signal, onProgress } = this.options
    const { to, out, overwrite, media, images, options, fromOptions } = conversion
    return convert({
      from,
      fromFormat: conversion.from,
      fromOptions,
      to,
      options,
      out,
      overwrite,
      media,
      images,
      policy,
      rewrite,
      sizes,
      signal,
      transform: (dataset) => this.prepared(dataset, conversion),
      onProgress: onProgress && (({ unit, done, total }) => unit === 'items' && onProgress(done, total)),
    })
  }
}
