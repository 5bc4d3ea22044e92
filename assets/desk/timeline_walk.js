/**
 * Where an arrow leads on a timeline: along a lane from bar to bar, and from lane to lane at about the same time.
 *
 * @import { Lane } from "./timeline_lanes.js"
 * @import { Spot } from "./timeline_rows.js"
 */

/** @param {readonly Lane[]} lanes @param {Spot | null} from @param {string} key @returns {Spot | null} null: nowhere */
export function stepOn(lanes, from, key) {
  if (!lanes.length) return null;
  const at = from ? lanes.findIndex((one) => one.id === (from.courier ?? "")) : -1;
  if (at < 0) return atHead(lanes[0].bars.length ? lanes[0] : lanes[Math.min(1, lanes.length - 1)]);
  const lane = lanes[at];
  const place = from?.order ? lane.bars.findIndex((one) => one.order === from.order) : -1;
  switch (key) {
    case "ArrowRight":
      return onBar(lane, place + 1);
    case "ArrowLeft":
      return place <= 0 ? atHead(lane) : onBar(lane, place - 1);
    case "Home":
      return atHead(lane);
    case "End":
      return onBar(lane, lane.bars.length - 1);
    default: {
      const next = lanes[at + (key === "ArrowUp" ? -1 : 1)];
      if (!next) return null;
      return place < 0 || !next.bars.length ? atHead(next) : onBar(next, nearest(next, lane.bars[place].from));
    }
  }
}

/** @param {Lane} lane @returns {Spot} */
const atHead = (lane) => ({ courier: lane.id || null, order: null });

/** @param {Lane} lane @param {number} place @returns {Spot | null} */
const onBar = (lane, place) => (lane.bars[place] ? { courier: lane.id || null, order: lane.bars[place].order } : null);

/** @param {Lane} lane @param {number} at */
function nearest(lane, at) {
  const apart = lane.bars.map((one) => Math.abs(one.from - at));
  return apart.indexOf(Math.min(...apart));
}
