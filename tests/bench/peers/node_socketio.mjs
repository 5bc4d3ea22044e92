// The Node peer: socket.io with its Redis adapter, sending the very frames that Roulement sends, ten times a second.
// Arguments (JSON, argv[2]): {redis, coop, port, couriers}.
import { createServer } from 'node:http';
import { createAdapter } from '@socket.io/redis-adapter';
import { createClient } from 'redis';
import { Server } from 'socket.io';

const options = JSON.parse(process.argv[2]);
const TICK_MS = 100;
const publisher = createClient({ url: options.redis });
const adapterListener = publisher.duplicate();
const listener = publisher.duplicate();
await Promise.all([publisher.connect(), adapterListener.connect(), listener.connect()]);

const http = createServer();
const io = new Server(http, { transports: ['websocket'], adapter: createAdapter(publisher, adapterListener) });
const live = io.of('/live');
live.on('connection', (socket) => socket.join(options.coop));

const index = new Map();
const newest = new Map();
await listener.subscribe(`positions:{${options.coop}}`, (message) => {
  const fixes = JSON.parse(message);
  for (const fix of Array.isArray(fixes) ? fixes : [fixes]) {
    if (!index.has(fix.courier)) index.set(fix.courier, index.size);
    newest.set(fix.courier, fix);
  }
});

let number = 0;
setInterval(() => {
  const n = newest.size;
  if (n === 0) return;
  const built = Date.now() / 1000;
  const frame = Buffer.alloc(16 + 14 * n);
  frame.writeUInt32LE((number += 1), 0);
  frame.writeDoubleLE(built, 4);
  frame.writeUInt32LE(n, 12);
  let k = 0;
  for (const fix of newest.values()) {
    frame.writeUInt32LE(index.get(fix.courier), 16 + 4 * k);
    frame.writeFloatLE(fix.lon, 16 + 4 * n + 4 * k);
    frame.writeFloatLE(fix.lat, 16 + 8 * n + 4 * k);
    frame.writeUInt16LE(Math.max(0, Math.min(65535, Math.round((built - fix.t) * 1000))), 16 + 12 * n + 2 * k);
    k += 1;
  }
  newest.clear();
  live.to(options.coop).emit('positions', frame);
}, TICK_MS);
http.listen(options.port, '127.0.0.1', () => console.log('ready'));
