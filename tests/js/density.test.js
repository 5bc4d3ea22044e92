import assert from "node:assert/strict";
import { test } from "node:test";
import { densityOf } from "../../assets/desk/density.js";

test("rows stand closer as they become many, and roomier only when they are clearly fewer", () => {
  let density = /** @type {0 | 1 | 2} */ (0);
  const seen = [5, 18, 19, 12, 18, 11, 10, 60, 30, 25, 24, 0].map((rows) => (density = densityOf(rows, density)));
  assert.deepEqual(seen, [0, 0, 1, 1, 1, 1, 0, 2, 2, 2, 1, 0]);
});
