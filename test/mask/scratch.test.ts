import { describe, expect, it } from 'vitest'
import { Scratch } from '../../src/mask/scratch.js'

const LARGE = 2 ** 18 + 1

describe('working memory', () => {
  it('is the same memory as long as it is large enough', () => {
    const scratch = new Scratch()
    const words = scratch.take(100)
    expect(words.length).toBeGreaterThanOrEqual(100)
    expect(scratch.take(words.length)).toBe(words)
    const larger = scratch.take(words.length + 1)
    expect(larger).not.toBe(words)
    expect(scratch.take(3)).toBe(larger)
  })

  it('is not kept when it is very large', () => {
    const scratch = new Scratch()
    const words = scratch.take(LARGE)
    expect(words.length).toBeGreaterThanOrEqual(LARGE)
    expect(scratch.take(LARGE)).not.toBe(words)
    expect(scratch.take(10).length).toBeLessThan(LARGE)
    expect(scratch.takeBytes(LARGE * 4).length).toBeGreaterThanOrEqual(LARGE * 4)
    expect(scratch.takeBytes(10).length).toBeLessThan(LARGE)
  })

  it('is zeros when asked', () => {
    const scratch = new Scratch()
    scratch.take(200).fill(7)
    expect([...scratch.zeros(200).subarray(0, 200)]).toEqual(Array(200).fill(0))
    const large = scratch.zeros(LARGE)
    expect(large.length).toBe(LARGE)
    expect(large.some((word) => word !== 0)).toBe(false)
  })

  it('lends bytes of the same memory', () => {
    const scratch = new Scratch()
    const bytes = scratch.takeBytes(1001)
    expect(bytes.length).toBeGreaterThanOrEqual(1001)
    expect(scratch.takeBytes(1001)).toBe(bytes)
    expect(scratch.take(10).buffer).toBe(bytes.buffer)
  })

  it('grows with what is in use', () => {
    const scratch = new Scratch()
    const words = scratch.take(64)
    words.set([1, 2, 3])
    const larger = scratch.grow(words, 3, words.length + 1)
    expect(larger.length).toBeGreaterThan(words.length)
    expect([...larger.subarray(0, 3)]).toEqual([1, 2, 3])
  })
})
