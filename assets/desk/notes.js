/**
 * Short sounds made in the page, for whoever wants to be heard. A browser lets a page be heard only after it was touched.
 *
 * @typedef {ReturnType<typeof createNotes>} Notes
 */

const NOTE_S = 0.16;

export function createNotes() {
  /** @type {AudioContext | null} */
  let audio = null;
  return {
    isOn: () => audio?.state === "running",
    async on() {
      audio ??= new AudioContext();
      await audio.resume();
    },
    async off() {
      await audio?.suspend();
    },
    /** @param {number[]} pitches Hz, one after the other; nothing while it is off */
    play(pitches) {
      if (audio?.state !== "running") return;
      for (const [index, pitch] of pitches.entries()) {
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
    },
    dispose() {
      void audio?.close();
    },
  };
}
