/**
 * Two sounds: one for a new order, repeated until it is accepted; another for a courier who has come.
 * Until the page was touched the screen says that the sound is off.
 *
 * @typedef {ReturnType<typeof createSounds>} Sounds
 */
import { createNotes } from "../notes.js";

const AGAIN_MS = 4000;
const NEW = [880, 660];
const ARRIVED = [523, 659, 784];

export function createSounds() {
  const notes = createNotes();
  /** @type {ReturnType<typeof setInterval> | null} */
  let ringing = null;
  return {
    isOn: notes.isOn,
    on: notes.on,
    off: notes.off,
    arrived: () => notes.play(ARRIVED),
    test: () => notes.play([...NEW, ...ARRIVED]),
    /** @param {boolean} isWanted whether an order waits for an answer */
    ring(isWanted) {
      if (isWanted === (ringing !== null)) return;
      if (ringing !== null) clearInterval(ringing);
      ringing = isWanted ? setInterval(() => notes.play(NEW), AGAIN_MS) : null;
      if (isWanted) notes.play(NEW);
    },
    dispose() {
      if (ringing !== null) clearInterval(ringing);
      notes.dispose();
    },
  };
}
