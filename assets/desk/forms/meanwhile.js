/**
 * What others changed while the form was open: who did what, and both values where two people meant the same field.
 *
 * @import { Words } from "../types.js"
 * @typedef {{field: string, name: string, by: string, at: string, was: string, now: string}} Changed as layouts/order_detail.py tells it
 * @typedef {{label: string, mine: string, theirs: string, take: () => void}} Clash
 */
import { newElement } from "../lists.js";

/**
 * What the form says after somebody was first, or the server refused: why, and what to do now.
 *
 * @param {{reason: string, isOver: boolean, isOther: boolean, ref: string, state: string}} known `reason` of the refusal, "" when somebody was
 *   first; `isOver`: nothing of the order can be changed any more; `isOther`: it is not what the form showed @param {Words} words
 */
export function nextStep({ reason, isOver, isOther, ref, state }, words) {
  if (isOver) return words("{ref} is {state}: nothing of it can be changed any more", { ref, state });
  const look = words("Look at what has changed, then save again");
  const mend = words("What you typed is kept: change it, or start anew");
  return reason ? `${reason}. ${isOther ? look : mend}` : look;
}

/** @param {HTMLElement} host @param {Words} words */
export function createMeanwhile(host, words) {
  /** @param {Changed} one */
  const told = ({ by, at, name, was, now }) =>
    newElement("li", "", {}, words("{by}, {at}: {name}: {was} → {now}", { by, at, name, was: was || "–", now: now || "–" }));

  /** @param {Clash} clash */
  function offered({ label, mine, theirs, take }) {
    const line = newElement("li", "form-clash", {});
    const text = words("{field}: yours is {mine}, theirs is {theirs}", { field: label, mine: mine || "–", theirs: theirs || "–" });
    const keep = newElement("button", "step", { type: "button" }, words("Keep mine"));
    const other = newElement("button", "step", { type: "button" }, words("Take theirs"));
    keep.addEventListener("click", () => line.remove());
    other.addEventListener("click", () => (line.remove(), take()));
    line.append(newElement("span", "", {}, text), keep, other);
    return line;
  }

  return {
    clear() {
      host.hidden = true;
      host.replaceChildren();
    },
    /** @param {Changed[]} changed @param {Clash[]} clashes */
    show(changed, clashes) {
      const list = newElement("ul", "", {});
      list.append(...changed.map(told), ...clashes.map(offered));
      host.replaceChildren(newElement("strong", "", {}, words("Changed meanwhile")), list);
      host.hidden = !list.childElementCount;
    },
  };
}
