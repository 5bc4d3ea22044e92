import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeFrame } from "../../assets/desk/frame.js";

/** @param {{number: number, builtAt: number, couriers: [index: number, lon: number, lat: number, age: number][]}} frame */
function encode({ number, builtAt, couriers }) {
  const bytes = new ArrayBuffer(16 + 14 * couriers.length);
  const view = new DataView(bytes);
  const n = couriers.length;
  view.setUint32(0, number, true);
  view.setFloat64(4, builtAt, true);
  view.setUint32(12, n, true);
  couriers.forEach(([index, lon, lat, age], k) => {
    view.setUint32(16 + 4 * k, index, true);
    view.setFloat32(16 + 4 * (n + k), lon, true);
    view.setFloat32(16 + 4 * (2 * n + k), lat, true);
    view.setUint16(16 + 12 * n + 2 * k, age, true);
  });
  return bytes;
}

test("a frame is read as the contract lays it out, to the last byte", () => {
  const frame = decodeFrame(
    encode({
      number: 4000000000,
      builtAt: 1795512345.25,
      couriers: [
        [70000, 24.9375, 60.171875, 0],
        [3, -0.5, 51.5, 65535],
      ],
    }),
  );
  assert.equal(frame.number, 4000000000);
  assert.equal(frame.builtAt, 1795512345.25);
  assert.deepEqual([...frame.index], [70000, 3]);
  assert.deepEqual([...frame.lon], [24.9375, -0.5]);
  assert.deepEqual([...frame.lat], [60.171875, 51.5]);
  assert.deepEqual([...frame.ageMs], [0, 65535]);
});

test("a frame may lie anywhere in a larger buffer", () => {
  const bytes = new Uint8Array(encode({ number: 1, builtAt: 2, couriers: [[5, 1, 2, 3]] }));
  for (const offset of [0, 1, 2, 3, 4]) {
    const larger = new Uint8Array(bytes.length + 8);
    larger.set(bytes, offset);
    assert.deepEqual([...decodeFrame(larger.subarray(offset, offset + bytes.length)).index], [5]);
  }
});

test("an empty frame is a frame", () => {
  assert.equal(decodeFrame(encode({ number: 9, builtAt: 0, couriers: [] })).index.length, 0);
});

test("bytes of the wrong length are refused, not read", () => {
  const whole = encode({ number: 1, builtAt: 2, couriers: [[5, 1, 2, 3]] });
  for (const length of [0, 15, 16, whole.byteLength - 1])
    assert.throws(() => decodeFrame(whole.slice(0, length)), RangeError);
});
