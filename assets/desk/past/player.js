/**
 * The clock of the past: it stands, or runs so many times as fast as life, and never runs beyond its end.
 * Plain values; page ms come in as arguments.
 *
 * @typedef {{at: number, speed: number, isPlaying: boolean, since: number}} Player
 *   `at`: the moment that is shown (epoch ms) as of `since` (page ms).
 */

export const SPEEDS = Object.freeze([1, 2, 5, 10, 30, 60]);

/** @param {number} at epoch ms @param {number} now page ms @returns {Player} standing */
export const newPlayer = (at, now) => ({ at, speed: 10, isPlaying: false, since: now });

/**
 * @param {Player} player @param {number} now page ms @param {number} end epoch ms beyond which nothing is known yet
 * @returns {number} the moment that is shown, epoch ms
 */
export function timeOf(player, now, end = Infinity) {
  const reached = player.isPlaying ? player.at + (now - player.since) * player.speed : player.at;
  return Math.max(player.at, Math.min(reached, end));
}

/** Count from here on: what was waited for is not caught up with. @param {Player} player @param {number} at @param {number} now @returns {Player} */
export const placed = (player, at, now) => ({ ...player, at, since: now });

/** @param {Player} player @param {number} now @param {number} [end] @returns {Player} */
export const toggled = (player, now, end) => ({
  ...placed(player, timeOf(player, now, end), now),
  isPlaying: !player.isPlaying,
});

/** @param {Player} player @param {number} now @param {number} [end] @returns {Player} */
export const stopped = (player, now, end) => ({ ...placed(player, timeOf(player, now, end), now), isPlaying: false });

/** @param {Player} player @param {number} speed one of SPEEDS @param {number} now @param {number} [end] @returns {Player} */
export const paced = (player, speed, now, end) => ({ ...placed(player, timeOf(player, now, end), now), speed });

/** @param {number} speed @param {1 | -1} step @returns {number} the next faster or slower one */
export const beside = (speed, step) =>
  SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, SPEEDS.indexOf(speed) + step))];
