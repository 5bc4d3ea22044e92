/**
 * Selection in step: what is selected here is told to the other windows of the same person, and what is selected there is
 * taken over. The server tells everybody in one order, so the last one holds everywhere: as long as our own is on its way,
 * what comes in before it is old.
 *
 * @import { State } from "./scene.js"
 * @import { Selected } from "./types.js"
 * @typedef {{order: string | null, courier: string | null, chosen: string[], number: number}} Said
 */
import { soon } from "./soon.js";

/** Between two tellings: an arrow key that is held down need not tell each row that it passes. */
const APART_MS = 80;
/** After so long our own is not waited for any more: it was lost. */
const LOST_MS = 2000;

/** @param {State} state @param {{say: (said: Said) => void, adopt: (selected: Selected) => void}} on */
export function createStep(state, on) {
  let number = 0;
  let isOurs = false;
  let saidAt = -Infinity;

  const out = soon(() => {
    number += 1;
    saidAt = state.clock.now();
    on.say({ ...state.selection, chosen: [...state.chosen], number });
  }, APART_MS);

  const isOnItsWay = () => isOurs && state.clock.now() - saidAt < LOST_MS;

  return {
    /** Something was selected here, by hand. */
    moved() {
      isOurs = true;
      saidAt = state.clock.now();
      out.ask();
    },
    /** @param {Selected} selected */
    hear(selected) {
      if (selected.own) isOurs = isOurs && selected.number < number;
      else if (!isOnItsWay()) on.adopt(selected);
    },
    dispose: out.dispose,
  };
}
