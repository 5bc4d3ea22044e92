/**
 * What needed attention then: the desk's own panel, to be read. Nobody answers an alarm of the past.
 *
 * @import { State } from "../scene.js"
 */
import { createAttention } from "../attention.js";
import { attention, shelvedText, textOf } from "../attention_rows.js";
import { boardIn } from "../scene.js";

const ANSWERS = "qQsr";

/** @param {HTMLElement} host @param {State} state @param {{select: (part: {order: string | null, courier: string | null}) => void, changed: () => void}} on */
export function createPastAlarms(host, state, on) {
  const { words, format } = state;
  const texts = state.config.alarms;
  /** @type {Set<string>} */
  const expanded = new Set();
  const panel = createAttention(host, words, {
    go: ({ order, courier }) => on.select({ order, courier }),
    answer() {},
    isAcknowledged: () => false,
    settle() {},
    expand(key) {
      if (!expanded.delete(key)) expanded.add(key);
      on.changed();
    },
    mute() {},
    hear() {},
    later() {},
  });
  /** @param {KeyboardEvent} event */
  const unanswered = (event) => ANSWERS.includes(event.key) && event.stopImmediatePropagation();
  host.addEventListener("keydown", unanswered, { capture: true });

  return {
    read() {
      const board = boardIn(state);
      const now = state.clock.server();
      panel.render(attention(board, now, expanded, texts, words, format), {
        quiet: "",
        muteUntil: "",
        unwatched: "",
        flood: "",
        shelvedFor: (alarm) => shelvedText(alarm, now, words, format),
        name: (alarm) => textOf(alarm, board, texts, words, format).says,
      });
    },
    dispose() {
      host.removeEventListener("keydown", unanswered, { capture: true });
      panel.dispose();
    },
  };
}
