// Browsers of the usual Dash way: each asks once a second for the whole answer of one callback.
// Arguments (JSON, argv[2]): {url, body, viewers, warm_s, seconds}. Prints one JSON line.
// An update that the server had when it answered was due, on average over couriers, at any moment since the answer
// before: its latency is counted evenly over that span.
import http from 'node:http';
import { Latencies, sleep } from './latencies.mjs';

const options = JSON.parse(process.argv[2]);
const agent = new http.Agent({ keepAlive: true, maxSockets: options.viewers });
const SAMPLES = 20;
const latencies = new Latencies();
let counting = false;
let [polls, bytes] = [0, 0];

function ask() {
  return new Promise((resolve, reject) => {
    const request = http.request(
      `${options.url}/_dash-update-component`,
      { method: 'POST', agent, headers: { 'Content-Type': 'application/json' } },
      (response) => {
        let size = 0;
        response.on('data', (chunk) => (size += chunk.length));
        response.on('end', () =>
          response.statusCode === 200
            ? resolve({ size, built: Number(response.headers['x-built-at']) * 1000 })
            : reject(new Error(`answered ${response.statusCode}`)),
        );
      },
    );
    request.on('error', reject);
    request.end(options.body);
  });
}

async function poller(number) {
  let before = 0;
  let due = Date.now() + (1000 * number) / options.viewers;
  for (;;) {
    await sleep(Math.max(0, due - Date.now()));
    const { size, built } = await ask();
    const now = Date.now();
    if (counting && before) {
      polls += 1;
      bytes += size;
      for (let k = 0; k < SAMPLES; k += 1) {
        const fixed = before + ((built - before) * (k + 0.5)) / SAMPLES;
        latencies.add(now - fixed);
      }
    }
    before = built;
    due = Math.max(due + 1000, Date.now());
  }
}

for (let number = 0; number < options.viewers; number += 1) poller(number);
console.log(JSON.stringify({ connected: options.viewers }));
await sleep(options.warm_s * 1000);
counting = true;
const [begun, cpu] = [Date.now(), process.cpuUsage()];
await sleep(options.seconds * 1000);
counting = false;
const spent = process.cpuUsage(cpu);
const wall = (Date.now() - begun) / 1000;
console.log(
  JSON.stringify({
    viewers: options.viewers,
    frames_per_viewer_s: polls / options.viewers / wall,
    bytes_per_viewer_s: bytes / options.viewers / wall,
    ...latencies.summary(),
    busy: (spent.user + spent.system) / 1e6 / wall,
  }),
);
process.exit(0);
