/**
 * The colours of couriers: a full disc is live, a faded one ageing, a ring is where somebody was last seen.
 *
 * @import { Fleet } from "./motion.js"
 * @typedef {"plain" | "late" | "ageing" | "lost"} Tone
 * @typedef {{ink: number[], paper: number[], faint: number[], chosen: number[], due: number[], late: number[]}} Palette red, green, blue
 * @typedef {{tones: Map<string, Tone>, chosen: string | null, target: string | null, hidden?: ReadonlySet<string>}} Look
 *   By courier id; no tone is plain; the hidden ones are drawn in a group.
 * @typedef {{capacity: number, fills: Uint8Array, lines: Uint8Array, radii: Float32Array, headings: Float32Array}} Paint
 *   By place among those shown, as deck.gl takes them: red, green, blue, alpha; pixels.
 */

const RADIUS_PX = 9.5;
const CHOSEN_RADIUS_PX = 12;
const HEADING_PX = 42;
const FADED = 110;
const NOTHING = [0, 0, 0];

/** @param {number} capacity @returns {Paint} */
export const newPaint = (capacity) => ({
  capacity,
  fills: new Uint8Array(4 * capacity),
  lines: new Uint8Array(4 * capacity),
  radii: new Float32Array(capacity),
  headings: new Float32Array(capacity),
});

/**
 * Fill the arrays for those whom `advance` found.
 * @param {Paint} paint @param {Fleet} fleet @param {string[]} couriers by roster index @param {Look} look @param {Palette} palette
 * @returns {Paint} the same one unless it was too small
 */
export function paintCouriers(paint, fleet, couriers, look, palette) {
  const target = paint.capacity < fleet.capacity ? newPaint(fleet.capacity) : paint;
  for (let place = 0; place < fleet.shown; place += 1) {
    const index = fleet.slots[place];
    const courier = couriers[index];
    const tone = look.tones.get(courier) ?? "plain";
    const isMarked = courier === look.chosen || courier === look.target;
    if (look.hidden?.has(courier)) {
      blank(target, place);
      continue;
    }
    disc(target, place, tone, isMarked, palette);
    target.headings[place] = fleet.heads[index] && tone !== "lost" ? HEADING_PX : 0;
  }
  return target;
}

/** @param {Paint} paint @param {number} place @param {Tone} tone @param {boolean} isMarked @param {Palette} palette */
function disc(paint, place, tone, isMarked, palette) {
  const fill =
    tone === "lost" ? palette.paper : tone === "late" ? palette.late : isMarked ? palette.chosen : palette.ink;
  const line = isMarked ? palette.chosen : tone === "lost" ? palette.faint : palette.paper;
  colour(paint.fills, place, fill, tone === "ageing" ? FADED : 255);
  colour(paint.lines, place, line, 255);
  paint.radii[place] = isMarked ? CHOSEN_RADIUS_PX : RADIUS_PX;
}

/** @param {Paint} paint @param {number} place */
function blank(paint, place) {
  colour(paint.fills, place, NOTHING, 0);
  colour(paint.lines, place, NOTHING, 0);
  paint.radii[place] = 0;
  paint.headings[place] = 0;
}

/** @param {Uint8Array} into @param {number} place @param {number[]} rgb @param {number} alpha */
function colour(into, place, rgb, alpha) {
  into[4 * place] = rgb[0];
  into[4 * place + 1] = rgb[1];
  into[4 * place + 2] = rgb[2];
  into[4 * place + 3] = alpha;
}
