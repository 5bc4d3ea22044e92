/**
 * The course of one order, as a list of moments to go to.
 *
 * @import { Moment } from "./asking.js"
 * @import { Format } from "../format.js"
 * @import { Words } from "../types.js"
 */
import { newElement, setText } from "../lists.js";

/** @param {Moment} moment @param {(courier: string) => string} name @param {Words} words @returns {string} */
export function momentText(moment, name, words) {
  const courier = name(moment.courier ?? "");
  switch (moment.kind) {
    case "order.placed":
      return words("placed");
    case "order.accepted":
      return words("accepted");
    case "order.refused":
      return words("refused");
    case "order.preparing":
      return words("being prepared");
    case "order.ready":
      return words("ready");
    case "order.assigned":
      return words("given to {courier}", { courier });
    case "order.reassigned":
      return words("handed over to {courier}", { courier });
    case "order.unassigned":
      return words("taken back");
    case "order.picked_up":
      return words("picked up");
    case "order.delivered":
      return words("delivered");
    case "order.failed":
      return words("not delivered");
    case "order.cancelled":
      return words("cancelled");
    case "order.delayed":
      return words("delayed");
    case "order.problem":
      return words("a problem reported");
    case "order.solved":
      return words("the problem solved");
    case "order.attached":
      return words("attached to another pickup");
    case "order.detached":
      return words("detached from a shared pickup");
    case "order.undone":
      return words("the last step undone");
    default:
      return words("changed");
  }
}

/**
 * @param {HTMLElement} host hidden while no order is chosen @param {Words} words @param {Format} format
 * @param {(moment: Moment) => void} go
 */
export function createMoments(host, words, format, go) {
  const title = newElement("h2", "", {});
  const list = newElement("ol", "", {});
  host.append(title, list);
  let shown = /** @type {Moment[]} */ ([]);

  return {
    /** @param {string} ref @param {Moment[]} moments @param {(courier: string) => string} name */
    show(ref, moments, name) {
      shown = moments;
      host.hidden = moments.length === 0;
      setText(title, words("The course of {ref}", { ref }));
      list.replaceChildren(
        ...moments.map((moment) => {
          const button = newElement("button", "moment", { type: "button", title: moment.actor });
          button.append(
            newElement("time", "", {}, format.clock(Date.parse(moment.at))),
            newElement("span", "", {}, momentText(moment, name, words)),
            newElement("small", "", {}, moment.actor),
          );
          button.addEventListener("click", () => go(moment));
          const line = newElement("li", "", {});
          line.append(button);
          return line;
        }),
      );
    },
    hide: () => (host.hidden = true),
    /** Which of them has been. @param {number} seq of the board */
    mark(seq) {
      const last = shown.findLastIndex((moment) => moment.seq <= seq);
      [...list.children].forEach((line, at) => {
        line.className = at > last ? "is-ahead" : "";
        if (at === last) line.firstElementChild?.setAttribute("aria-current", "step");
        else line.firstElementChild?.removeAttribute("aria-current");
      });
    },
  };
}
