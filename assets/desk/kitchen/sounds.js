/**
 * Two sounds, made here: one for a new order, repeated until it is accepted; another for a courier who has come.
 * A browser lets a page be heard only after it was touched: until then the screen says that the sound is off.
 *
 * @typedef {ReturnType<typeof createSounds>} Sounds
 */

const AGAIN_MS = 4000;
const NOTE_S = 0.16;
const NEW = [880, 660];
const ARRIVED = [523, 659, 784];

export function createSounds() {
  /** @type {AudioContext | null} */
  let audio = null;
  /** @type {ReturnType<typeof setInterval> | null} */
  let ringing = null;

  /** @param {number[]} notes Hz */
  function play(notes) {
    if (audio?.state !== "running") return;
    for (const [index, pitch] of notes.entries()) {
      const start = audio.currentTime + index * NOTE_S * 1.15;
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.0001, start);
      volume.gain.exponentialRampToValueAtTime(0.4, start + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, start + NOTE_S);
      tone.connect(volume).connect(audio.destination);
      tone.start(start);
      tone.stop(start + NOTE_S);
    }
  }

  return {
    isOn: () => audio?.state === "running",
    async on() {
      audio ??= new AudioContext();
      await audio.resume();
    },
    async off() {
      await audio?.suspend();
    },
    arrived: () => play(ARRIVED),
    test: () => play([...NEW, ...ARRIVED]),
    /** @param {boolean} isWanted whether an order waits for an answer */
    ring(isWanted) {
      if (isWanted === (ringing !== null)) return;
      if (ringing !== null) clearInterval(ringing);
      ringing = isWanted ? setInterval(() => play(NEW), AGAIN_MS) : null;
      if (isWanted) play(NEW);
    },
    dispose() {
      if (ringing !== null) clearInterval(ringing);
      void audio?.close();
    },
  };
}
