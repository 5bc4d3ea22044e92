/**
 * The day as a small strip: how many orders were placed in each five minutes, and how many were delivered late.
 *
 * @import { Day } from "./asking.js"
 */

const SVG = "http://www.w3.org/2000/svg";
const HIGH = 34;

/** @param {HTMLElement} host @param {Day} day */
export function drawStrip(host, day) {
  const most = Math.max(4, ...day.placed, ...day.late);
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", `0 0 ${day.placed.length} ${HIGH}`);
  picture.setAttribute("preserveAspectRatio", "none");
  picture.setAttribute("aria-hidden", "true");
  picture.append(...bars("strip-placed", day.placed, most), ...bars("strip-late", day.late, most));
  host.replaceChildren(picture);
}

/** @param {string} name @param {number[]} counts @param {number} most */
function bars(name, counts, most) {
  return counts.flatMap((count, at) => {
    if (!count) return [];
    const bar = document.createElementNS(SVG, "rect");
    const high = Math.max(2, (count / most) * HIGH);
    for (const [key, value] of Object.entries({ x: at, y: HIGH - high, width: 0.8, height: high, class: name }))
      bar.setAttribute(key, String(value));
    return [bar];
  });
}
