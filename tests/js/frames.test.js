import assert from "node:assert/strict";
import { test } from "node:test";
import { createFrames } from "../../assets/desk/frames.js";
import { createLoop } from "../../assets/desk/loop.js";

/** A display that shows its next picture when it is told to. */
function display() {
  /** @type {Map<number, FrameRequestCallback>} */
  const asked = new Map();
  let given = 0;
  return {
    requestAnimationFrame: (/** @type {FrameRequestCallback} */ act) => (asked.set((given += 1), act), given),
    cancelAnimationFrame: (/** @type {number} */ handle) => void asked.delete(handle),
    /** How many wait for the next picture. */
    asked: () => asked.size,
    show() {
      const acts = [...asked.values()];
      asked.clear();
      for (const act of acts) act(0);
    },
  };
}

test("whoever would draw each picture is let draw when woken, and as long as it is busy by itself", () => {
  const screen = display();
  let isBusy = false;
  let turns = 0;
  const { provider, wake } = createFrames(() => isBusy, screen);
  const draw = () => ((turns += 1), provider.requestAnimationFrame(draw));
  draw();
  for (let n = 0; n < 5; n += 1) screen.show();
  assert.deepEqual([turns, screen.asked()], [2, 0], "the first picture is drawn, then it rests");
  wake();
  wake();
  assert.equal(screen.asked(), 1);
  screen.show();
  screen.show();
  assert.equal(turns, 3);
  isBusy = true;
  wake();
  for (let n = 0; n < 5; n += 1) screen.show();
  assert.equal(turns, 8);
  provider.cancelAnimationFrame();
  screen.show();
  wake();
  assert.deepEqual([turns, screen.asked()], [8, 0], "it goes on after its end");
});

test("who is woken while drawing draws once more", () => {
  const screen = display();
  let turns = 0;
  const { provider, wake } = createFrames(() => false, screen);
  provider.requestAnimationFrame(function draw() {
    turns += 1;
    if (turns === 1) wake();
    provider.requestAnimationFrame(draw);
  });
  for (let n = 0; n < 5; n += 1) screen.show();
  assert.equal(turns, 2);
});

test("between two pictures of what moves on, nothing is asked of the display", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const screen = display();
  Object.assign(globalThis, { requestAnimationFrame: screen.requestAnimationFrame, cancelAnimationFrame: screen.cancelAnimationFrame });
  let now = 1000;
  let drawn = 0;
  const loop = createLoop(() => ((drawn += 1), true), () => now);
  loop.drawsWith(true);
  loop.wake();
  screen.show();
  assert.deepEqual([drawn, screen.asked()], [1, 1], "how long it took is seen with the next picture");
  now += 10;
  screen.show();
  loop.wake();
  assert.equal(screen.asked(), 0);
  now += 200;
  context.mock.timers.tick(200);
  screen.show();
  assert.equal(drawn, 2);
  loop.dispose();
  assert.equal(screen.asked(), 0);
});
