/**
 * Does something soon, however often it is asked to: at once when it has not been done for a while, else a little later.
 * Not tied to pictures: what is said in words does not wait for a slow map.
 *
 * @param {() => void} act @param {number} apart least milliseconds between two times
 */
export function soon(act, apart) {
  let last = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | null} */
  let timer = null;

  function run() {
    timer = null;
    last = performance.now();
    act();
  }

  return {
    ask() {
      timer ??= setTimeout(run, Math.max(0, last + apart - performance.now()));
    },
    dispose() {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
