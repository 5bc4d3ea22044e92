// Latencies in whole milliseconds, counted: a run of millions takes no more room than one of ten.
const BUCKETS = 60_000;

export class Latencies {
  constructor() {
    this.counts = new Uint32Array(BUCKETS);
    this.total = 0;
  }

  add(ms) {
    this.counts[Math.max(0, Math.min(BUCKETS - 1, Math.round(ms)))] += 1;
    this.total += 1;
  }

  /** The latency (ms) that this share of the updates did not exceed. */
  percentile(share) {
    let left = share * this.total;
    for (let ms = 0; ms < BUCKETS; ms += 1) {
      left -= this.counts[ms];
      if (left <= 0) return ms;
    }
    return null;
  }

  summary() {
    return { p50_ms: this.percentile(0.5), p99_ms: this.percentile(0.99), worst_ms: this.percentile(1) };
  }
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
