// Viewers that decode and apply every frame, as an open page does, without drawing.
// Arguments (JSON, argv[2]): {url, token, viewers, warm_s, seconds, couriers, slow_bytes_s?}. Prints one JSON line.
// Latency is counted per courier update: instant applied here minus instant at which the fix was due to be sent.
import WebSocket from 'ws';
import { Latencies, sleep } from './latencies.mjs';

const options = JSON.parse(process.argv[2]);
const latencies = new Latencies();
let counting = false;
let frames = 0;
let bytes = 0;
let connected = 0;
let journal = 0;

/** One open page: engine.io 4 and Socket.IO 5 by hand, so that the load stays far below a core. */
class Viewer {
  constructor(number) {
    this.lon = new Float32Array(options.couriers * 2);
    this.lat = new Float32Array(options.couriers * 2);
    this.seen = new Float64Array(options.couriers * 2);
    this.number = number;
    this.largest = 0;
    this.socket = new WebSocket(`${options.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
      perMessageDeflate: false,
      headers: { Authorization: `Bearer ${options.token}` },
    });
    this.socket.binaryType = 'nodebuffer';
    this.socket.on('message', (data, isBinary) => (isBinary ? this.frame(data) : this.text(data.toString())));
    this.socket.on('error', (error) => console.error(String(error)));
  }

  text(message) {
    if (message === '2') this.socket.send('3');
    else if (message.startsWith('0')) this.socket.send(`40/live,${JSON.stringify({ token: options.token })}`);
    else if (message.startsWith('40/live')) connected += 1;
    else if (message.startsWith('42/live,["journal"')) journal += 1;
    else if (message.startsWith('44')) console.error(message);
  }

  frame(buffer) {
    const now = Date.now();
    const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    const n = view.getUint32(12, true);
    const built = view.getFloat64(4, true) * 1000;
    const [lon, lat, age] = [16 + 4 * n, 16 + 8 * n, 16 + 12 * n];
    for (let k = 0; k < n; k += 1) {
      const index = view.getUint32(16 + 4 * k, true);
      const fixed = built - view.getUint16(age + 2 * k, true);
      this.lon[index] = view.getFloat32(lon + 4 * k, true);
      this.lat[index] = view.getFloat32(lat + 4 * k, true);
      if (counting && fixed > this.seen[index]) {
        latencies.add(now - fixed);
      }
      this.seen[index] = fixed;
    }
    if (counting) {
      frames += 1;
      bytes += buffer.byteLength;
      this.largest = Math.max(this.largest, buffer.byteLength);
    }
    this.owed = (this.owed ?? 0) + buffer.byteLength; // as the page does: see assets/desk/live.js
    if (options.ack === false || this.owed < 2500) return;
    this.owed = 0;
    this.socket.send(`42/live,["ack",${view.getUint32(0, true)}]`);
  }
}

const viewers = [];
for (let number = 0; number < options.viewers; number += 1) {
  viewers.push(new Viewer(number));
  if (number % 20 === 19) await sleep(100);
}
while (connected < options.viewers) await sleep(50);
console.log(JSON.stringify({ connected }));
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
    frames_per_viewer_s: frames / options.viewers / wall,
    bytes_per_viewer_s: bytes / options.viewers / wall,
    updates_per_viewer_s: latencies.total / options.viewers / wall,
    ...latencies.summary(),
    journal,
    busy: (spent.user + spent.system) / 1e6 / wall,
  }),
);
process.exit(0);
