/**
 * A position frame, little-endian: u32 number, f64 built at (epoch seconds), u32 n, u32 index[n], f32 lon[n],
 * f32 lat[n], u16 age_ms[n].
 *
 * @typedef {{number: number, builtAt: number, index: Uint32Array, lon: Float32Array, lat: Float32Array, ageMs: Uint16Array}} Frame
 */

const HEAD_BYTES = 16;
const COURIER_BYTES = 14;

/** The age at which the u16 ends: such a fix is at least so old. */
export const AGE_LIMIT_MS = 65535;

/**
 * The frame in `bytes`. The arrays are views where the memory lies well, copies where it does not.
 * @param {ArrayBuffer | Uint8Array} bytes @returns {Frame} @throws {RangeError} when the length does not fit the count
 */
export function decodeFrame(bytes) {
  const source = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  const aligned = source.byteOffset % 4 === 0 ? source : source.slice();
  const view = new DataView(aligned.buffer, aligned.byteOffset, aligned.byteLength);
  const count = aligned.byteLength >= HEAD_BYTES ? view.getUint32(12, true) : -1;
  if (aligned.byteLength !== HEAD_BYTES + COURIER_BYTES * count) {
    throw new RangeError(`a frame of ${aligned.byteLength} bytes does not hold ${count} couriers`);
  }
  const { buffer } = aligned;
  const start = aligned.byteOffset + HEAD_BYTES;
  return {
    number: view.getUint32(0, true),
    builtAt: view.getFloat64(4, true),
    index: new Uint32Array(buffer, start, count),
    lon: new Float32Array(buffer, start + 4 * count, count),
    lat: new Float32Array(buffer, start + 8 * count, count),
    ageMs: new Uint16Array(buffer, start + 12 * count, count),
  };
}
