/** Three chimes of a clock, and what is said about them: by whom, and where on the screen. Seconds and hertz. */

export const DURATION = 6
export const RATE = 11_025

export const STROKES = [
  { at: 0.2, pitch: 659.26, text: '(A clock begins to chime.)', until: 1.9, cue: { identifier: 'chime-1' } },
  {
    at: 2,
    pitch: 523.25,
    text: "One o'clock, two o'clock …",
    until: 3.7,
    cue: { identifier: 'chime-2', speaker: 'Mira', settings: 'align:start position:10%' },
  },
  {
    at: 3.8,
    pitch: 392,
    text: "… three o'clock:\ntea & cake!",
    until: 5.8,
    cue: { identifier: 'chime-3', speaker: 'Jon', settings: 'align:end line:0' },
  },
] as const

/** The sound from -1 to 1, {@link RATE} values a second: bells are a few decaying tones each. */
export function samples(): Float64Array {
  const sound = new Float64Array(DURATION * RATE)
  for (const { at, pitch } of STROKES) {
    for (let i = Math.round(at * RATE); i < sound.length; i++) {
      const t = i / RATE - at
      let value = 0
      for (const [multiple, strength, decay] of PARTIALS) {
        value += strength * Math.exp(-decay * t) * Math.sin(2 * Math.PI * pitch * multiple * t)
      }
      sound[i] = (sound[i] ?? 0) + value * 0.42
    }
  }
  return sound
}

const PARTIALS = [
  [0.5, 0.35, 1.2],
  [1, 1, 2],
  [2.01, 0.4, 3.4],
  [3.02, 0.22, 5.5],
] as const
