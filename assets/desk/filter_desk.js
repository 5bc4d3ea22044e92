/**
 * Filters on the desk: the bar, the page's address, and what of it holds.
 *
 * @import { Filters } from "./filters.js"
 * @import { State } from "./scene.js"
 */
import { createAddress } from "./address.js";
import { sayRefused } from "./dash.js";
import { createFilterBar } from "./filter_bar.js";
import { hiddenBy, hiddenText } from "./filter_words.js";
import { NONE } from "./filters.js";
import { boardIn, sightOf } from "./scene.js";

/** @param {{filters: HTMLElement, filtersOpen: HTMLElement}} page @param {State} state @param {{changed: () => void, leave: () => void}} on */
export function createFilterDesk(page, state, on) {
  const { words, format, clock } = state;
  const address = createAddress(take);
  const bar = createFilterBar(page.filters, page.filtersOpen, words, { change, leave: on.leave });
  const { filters, unknown } = address.read();
  take(filters);
  if (unknown.length)
    sayRefused(words("The address asks for what there is not: {what}", { what: unknown.join(", ") }), clock.server(), format);

  /** @param {Filters} next */
  function take(next) {
    state.filters = next;
    on.changed();
  }

  /** @param {Filters} next */
  function change(next) {
    address.write(next);
    take(next);
  }

  function read() {
    const board = boardIn(state);
    const hidden = hiddenBy(board, sightOf(state), state.filters.shift === "on", clock.server());
    bar.render({ filters: state.filters, board, hidden: hiddenText(hidden, words, format) });
  }

  return {
    read,
    open: bar.open,
    clear: () => change(NONE),
    dispose() {
      address.dispose();
      bar.dispose();
    },
  };
}
