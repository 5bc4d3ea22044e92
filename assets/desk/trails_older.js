/**
 * The way that was ridden before the page was opened, asked of the server once for each courier whose way is wanted.
 * It has one only where the co-op keeps traces.
 *
 * @import { Trails, Whose } from "./trails.js"
 */
import { addOlder } from "./trails.js";

/** After so long a look is another look, and the server is told of it. */
const AGAIN_MS = 60 * 60 * 1000;

/** @param {string} url @param {Trails} trails @param {() => void} changed @param {() => number} clock page ms */
export function createOlder(url, trails, changed, clock) {
  /** @type {Map<string, number>} */
  const asked = new Map();

  /** @param {string} courier "" for all */
  async function ask(courier) {
    asked.set(courier, clock());
    const answer = await fetch(`${url}${courier ? `?courier=${encodeURIComponent(courier)}` : ""}`).catch(() => null);
    if (!answer?.ok) return;
    const found = /** @type {{trails: Record<string, [number, number, number][]>}} */ (await answer.json());
    for (const [id, steps] of Object.entries(found.trails))
      addOlder(
        trails,
        id,
        steps.map(([lon, lat, at]) => ({ lon, lat, at: at * 1000 })),
      );
    changed();
  }

  /** @param {Whose} whose @param {string | null} chosen */
  return function want(whose, chosen) {
    const courier = whose === "all" ? "" : whose === "chosen" ? chosen : null;
    if (courier === null || clock() - (asked.get(courier) ?? -Infinity) < AGAIN_MS) return;
    void ask(courier);
  };
}
