import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fillRingCoco, Mask, maskFromCocoString, orientMask } from '../../src/mask/index.js'
import { denseMasks, isCanonical, maskOf } from './fixtures.js'

describe('pixels and runs', () => {
  it('go both ways in both orders', () => {
    fc.assert(
      fc.property(denseMasks, (dense) => {
        const { width, height, pixels } = dense
        const mask = maskOf(dense)
        expect(isCanonical(mask)).toBe(true)
        expect(mask.toDense()).toEqual(pixels)
        const columns = new Uint8Array(pixels.length)
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) columns[x * height + y] = pixels[y * width + x] as number
        }
        expect(mask.toDense('column')).toEqual(columns)
        expect(Mask.fromDense(columns, width, height, { order: 'column' }).equals(mask)).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  it('area, bounds and pixels agree with counting', () => {
    fc.assert(
      fc.property(denseMasks, (dense) => {
        const { width, height, pixels } = dense
        const mask = maskOf(dense)
        let area = 0
        let box: { left: number; top: number; right: number; bottom: number } | null = null
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) {
            const on = pixels[y * width + x] === 1
            expect(mask.get(x, y)).toBe(on)
            if (!on) continue
            area++
            box ??= { left: x, top: y, right: x + 1, bottom: y + 1 }
            box.left = Math.min(box.left, x)
            box.right = Math.max(box.right, x + 1)
            box.bottom = y + 1
          }
        }
        expect(mask.area).toBe(area)
        expect(mask.bounds).toEqual(box)
        expect(mask.isEmpty).toBe(area === 0)
      }),
    )
  })

  it('a threshold decides what is foreground', () => {
    const data = Uint8Array.of(0, 1, 127, 128, 200, 255)
    expect([...Mask.fromDense(data, 3, 2).toDense()]).toEqual([0, 1, 1, 1, 1, 1])
    expect([...Mask.fromDense(data, 3, 2, { threshold: 127 }).toDense()]).toEqual([0, 0, 0, 1, 1, 1])
    expect([...Mask.fromDense(data, 3, 2, { threshold: 127, order: 'column' }).toDense('column')]).toEqual([
      0, 0, 0, 1, 1, 1,
    ])
    for (const order of ['row', 'column'] as const) {
      expect(Mask.fromDense(data, 3, 2, { threshold: -1, order }).area).toBe(6)
      expect(Mask.fromDense(data, 3, 2, { threshold: 255, order }).area).toBe(0)
    }
  })

  it('any bytes and any threshold agree with counting, in both orders, in views at any offset', () => {
    const bytes = fc.uint8Array({ minLength: 0, maxLength: 120 })
    fc.assert(
      fc.property(bytes, fc.integer({ min: -1, max: 255 }), fc.nat({ max: 3 }), (values, threshold, offset) => {
        const width = Math.floor(values.length / 3)
        const backing = Buffer.alloc(values.length + offset)
        backing.set(values, offset)
        const view = backing.subarray(offset, offset + width * 3)
        const want = [...view].map((value) => (value > threshold ? 1 : 0))
        expect([...Mask.fromDense(view, width, 3, { threshold }).toDense()]).toEqual(want)
        const columns = Mask.fromDense(view, width, 3, { threshold, order: 'column' })
        expect([...columns.toDense('column')]).toEqual(want)
        expect(isCanonical(columns)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('whole blocks of pixels, of every kind, agree with counting', () => {
    // 32 pixels by 32 rows are decided at a time where the width is a multiple of 32 and memory is aligned.
    const kinds = fc.constantFrom<(seed: number, i: number) => number>(
      (seed, i) => Math.imul(seed + i, 0x9e3779b1) >>> 24,
      (seed, i) => ((Math.imul(seed + i, 0x9e3779b1) >>> 16) % 61 === 0 ? 255 : 0),
      (seed, i) => ((i + seed) % 197 < 90 ? 7 : 3),
      (seed, i) => ((i + seed) & 1) * 128,
      (seed) => seed & 255,
    )
    const widths = fc.constantFrom(31, 32, 64, 65, 96)
    const heights = fc.constantFrom(1, 2, 31, 32, 33, 65)
    const thresholds = fc.constantFrom(0, 5, 5.5, 126, 127, 128, 254)
    fc.assert(
      fc.property(
        fc.tuple(kinds, fc.nat(1000), widths, heights, thresholds, fc.nat(4)),
        ([kind, seed, width, height, threshold, offset]) => {
          const view = new Uint8Array(width * height + offset).subarray(offset)
          for (let i = 0; i < view.length; i++) view[i] = kind(seed, i)
          const want = view.map((value) => (value > threshold ? 1 : 0))
          const rows = Mask.fromDense(view, width, height, { threshold })
          expect(Buffer.compare(rows.toDense(), want)).toBe(0)
          expect(isCanonical(rows)).toBe(true)
          const columns = Mask.fromDense(view, width, height, { threshold, order: 'column' })
          expect(Buffer.compare(columns.toDense('column'), want)).toBe(0)
          expect(isCanonical(columns)).toBe(true)
        },
      ),
      { numRuns: 400 },
    )
  })

  it('many changes, more than there was room for', () => {
    const pixels = new Uint8Array(700 * 400).map((_, i) => (i ^ Math.floor(i / 700)) & 1)
    for (const order of ['row', 'column'] as const) {
      const mask = Mask.fromDense(pixels, 700, 400, { order })
      expect(mask.runs.length).toBeGreaterThan(2 ** 18)
      expect(Buffer.compare(mask.toDense(order), pixels)).toBe(0)
    }
  })

  it('anything but bytes, an order there is none of and a threshold that is no number are refused', () => {
    const dense = Mask.fromDense as (...given: unknown[]) => Mask
    for (const data of [Uint16Array.of(256, 1), Int8Array.of(-1, 1), [0, 1], 'ab', null, undefined]) {
      for (const order of ['row', 'column']) expect(() => dense(data, 2, 1, { order })).toThrow(TypeError)
    }
    const bytes = Uint8Array.of(0, 255)
    for (const order of ['rows', 'col', '', 1]) {
      expect(() => dense(bytes, 2, 1, { order })).toThrow(TypeError)
      expect(() => dense(bytes, 2, 1).toDense(order as 'row')).toThrow(TypeError)
    }
    for (const threshold of [Number.NaN, '5']) expect(() => dense(bytes, 2, 1, { threshold })).toThrow(TypeError)
    expect(() => dense(bytes, 2, 1).toDense('row', 1, new Uint16Array(2) as unknown as Uint8Array)).toThrow(TypeError)
  })

  it('bytes of a canvas are bytes', () => {
    const pixels = new Uint8ClampedArray([9, 9, 0, 1, 255, 0, 0, 7]).subarray(2)
    for (const order of ['row', 'column'] as const) {
      expect([...Mask.fromDense(pixels, 3, 2, { order }).toDense(order)]).toEqual([0, 1, 1, 0, 0, 1])
    }
  })

  it('toDense writes all of a given array, at any offset, and gives it back', () => {
    fc.assert(
      fc.property(denseMasks, fc.nat(3), fc.integer({ min: 1, max: 255 }), (dense, offset, foreground) => {
        const mask = maskOf(dense)
        for (const order of ['row', 'column'] as const) {
          const backing = new Uint8Array(dense.pixels.length + offset + 5).fill(99)
          const into = backing.subarray(offset, offset + dense.pixels.length)
          expect(mask.toDense(order, foreground, into)).toBe(into)
          expect(into).toEqual(mask.toDense(order).map((value) => value * foreground))
          expect([...backing.subarray(0, offset), ...backing.subarray(-5)]).toEqual(Array(offset + 5).fill(99))
        }
      }),
    )
    const wrong = () => Mask.empty(3, 2).toDense('row', 1, new Uint8Array(7))
    expect(wrong).toThrow(expect.objectContaining({ code: 'mask-size' }))
    expect(wrong).toThrow('expected 6 bytes (3 wide, 2 high), got 7')
    for (const foreground of [0, 256, 1.5]) expect(() => Mask.empty(3, 2).toDense('row', foreground)).toThrow(TypeError)
  })

  it('masks keep what they have when others are made', () => {
    const ring = Float64Array.of(0.3, 0.2, 5.7, 1.1, 2.4, 4.9)
    const make = (): Mask[] => [
      Mask.fromDense(Uint8Array.of(0, 1, 1, 0, 0, 1), 3, 2),
      Mask.fromDense(Uint8Array.of(0, 1, 1, 0, 0, 1), 3, 2, { order: 'column' }),
      fillRingCoco(ring, 6, 5),
      maskFromCocoString('52203', 4, 4),
      orientMask(Mask.fromRuns(4, 4, [5, 2, 2, 2, 5]), 6),
    ]
    const before = make()
    const runs = before.map((mask) => [...mask.runs])
    for (const value of [255, 0]) Mask.fromDense(new Uint8Array(60).fill(value), 10, 6)
    fillRingCoco(Float64Array.of(0, 0, 9, 0, 9, 9), 9, 9)
    maskFromCocoString('0`0', 4, 4)
    make()
    expect(before.map((mask) => [...mask.runs])).toEqual(runs)
  })

  it('fromDense keeps no hold on the bytes', () => {
    const data = new Uint8Array(6)
    const mask = Mask.fromDense(data, 3, 2)
    data.fill(1)
    expect(mask.area).toBe(0)
  })

  it('wants width × height bytes', () => {
    expect(() => Mask.fromDense(new Uint8Array(5), 3, 2)).toThrow('expected 6 bytes (3 wide, 2 high), got 5')
  })
})

describe('construction', () => {
  it('freezes the mask, which still finds out its area and bounds', () => {
    const mask = Mask.fromRuns(4, 3, [2, 3, 7])
    for (const each of [mask, Mask.empty(2, 3), Mask.full(2, 3), Mask.fromDense(new Uint8Array(6), 2, 3)]) {
      expect(Object.isFrozen(each)).toBe(true)
    }
    expect(() => Object.assign(mask, { width: 3 })).toThrow(TypeError)
    expect(() => Object.assign(mask, { label: 'x' })).toThrow(TypeError)
    expect([mask.width, mask.area, mask.bounds]).toEqual([4, 3, { left: 0, top: 0, right: 2, bottom: 3 }])
  })

  it('brings runs into one form', () => {
    const want = Mask.fromRuns(4, 3, [2, 3, 7])
    for (const runs of [
      [2, 3, 7],
      [2, 3, 7, 0],
      [2, 3, 7, 0, 0],
      [1, 0, 1, 3, 7],
      [2, 1, 0, 2, 7],
      [0, 0, 2, 3, 0, 0, 7],
      [2, 3, 4, 0, 3],
    ]) {
      expect(Mask.fromRuns(4, 3, runs).equals(want)).toBe(true)
      expect(Mask.fromRuns(4, 3, Int32Array.from(runs)).equals(want)).toBe(true)
    }
    expect([...Mask.fromRuns(4, 3, [0, 0, 0, 12]).runs]).toEqual([0, 12])
    expect([...Mask.fromRuns(4, 3, [12, 0]).runs]).toEqual([12])
    expect([...Mask.fromRuns(0, 3, []).runs]).toEqual([0])
    expect([...Mask.fromRuns(0, 3, [0, 0]).runs]).toEqual([0])
  })

  it('copies its runs', () => {
    const runs = Int32Array.of(2, 3, 7)
    const mask = Mask.fromRuns(4, 3, runs)
    runs[0] = 3
    expect([...mask.runs]).toEqual([2, 3, 7])
  })

  it('names the run that is no length', () => {
    expect(() => Mask.fromRuns(4, 3, [2, -3, 13])).toThrow('run 1 of a mask is not a length')
    expect(() => Mask.fromRuns(4, 3, Int32Array.of(2, 3, -7))).toThrow('run 2 of a mask is not a length')
  })

  it('repairs every wrong sum', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 9 }), { maxLength: 8 }), fc.nat(6), fc.nat(5), (runs, width, height) => {
        const dense = runs.flatMap((run, i) => new Array<number>(run).fill(i % 2)).slice(0, width * height)
        while (dense.length < width * height) dense.push(0)
        const mask = Mask.fromRuns(width, height, runs, { repair: true })
        expect([...mask.toDense('column')]).toEqual(dense)
        expect(isCanonical(mask)).toBe(true)
      }),
    )
  })

  it('makes empty, full and box masks', () => {
    expect([...Mask.empty(5, 3).runs]).toEqual([15])
    expect([...Mask.full(5, 3).runs]).toEqual([0, 15])
    expect([...Mask.full(0, 3).runs]).toEqual([0])
    expect(Mask.full(5, 3).bounds).toEqual({ left: 0, top: 0, right: 5, bottom: 3 })
    const box = Mask.fromBounds(5, 3, { left: 1, top: 1, right: 3, bottom: 3 })
    expect([...box.runs]).toEqual([4, 2, 1, 2, 6])
    expect(box.bounds).toEqual({ left: 1, top: 1, right: 3, bottom: 3 })
    expect(Mask.fromBounds(5, 3, { left: -2, top: -1, right: 9, bottom: 8 }).equals(Mask.full(5, 3))).toBe(true)
    expect(Mask.fromBounds(5, 3, { left: 5, top: 0, right: 9, bottom: 3 }).isEmpty).toBe(true)
    expect(Mask.fromBounds(5, 3, { left: 3, top: 2, right: 1, bottom: 0 }).isEmpty).toBe(true)
    expect(() => Mask.fromBounds(5, 3, { left: 0.5, top: 0, right: 2, bottom: 2 })).toThrow('side between pixels')
  })

  it.each([
    [-1, 3],
    [2.5, 2],
    [Number.NaN, 1],
    [65536, 32768],
  ])('refuses the size %f x %f', (width, height) => {
    expect(() => Mask.empty(width, height)).toThrow(expect.objectContaining({ code: 'mask-size' }))
    expect(() => Mask.fromRuns(width, height, [])).toThrow(expect.objectContaining({ code: 'rle-size' }))
  })

  it('is equal to masks of the same size and pixels only', () => {
    const mask = Mask.fromRuns(4, 3, [2, 3, 7])
    expect(mask.equals(Mask.fromRuns(3, 4, [2, 3, 7]))).toBe(false)
    expect(mask.equals(Mask.fromRuns(4, 3, [2, 4, 6]))).toBe(false)
    expect(mask.equals(Mask.fromRuns(4, 3, [2, 3, 6, 1]))).toBe(false)
    expect(mask.get(-1, 0)).toBe(false)
    expect(mask.get(0, 3)).toBe(false)
  })
})
