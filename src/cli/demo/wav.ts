/** A WAV file of one channel and 16 bits: values from -1 to 1, `rate` of them a second. What is louder is cut off. */
export function wavFile(sound: Float64Array, rate: number): Uint8Array {
  const bytes = new Uint8Array(44 + sound.length * 2)
  const view = new DataView(bytes.buffer)
  const text = (at: number, letters: string): void => {
    for (let i = 0; i < letters.length; i++) bytes[at + i] = letters.charCodeAt(i)
  }
  text(0, 'RIFF')
  view.setUint32(4, 36 + sound.length * 2, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, rate * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  text(36, 'data')
  view.setUint32(40, sound.length * 2, true)
  for (let i = 0; i < sound.length; i++) {
    const value = Math.max(-1, Math.min(1, sound[i] as number))
    view.setInt16(44 + i * 2, Math.round(value * 32767), true)
  }
  return bytes
}
