import { mkdtemp, rm, mkdir } from "node:fs/promises";
import { startPush } from "./examples/push/start.js";
import { freePort } from "./examples/support/program.js";
import { StreamReader } from "./tests/servers/support/stream-reader.js";
import { setTimeout as sleep } from "node:timers/promises";
const folder = await mkdtemp("/tmp/exp-");
await mkdir(folder+"/d");
let push = await startPush({ folder: folder+"/a0", port: await freePort(), dist: folder+"/d", log: console.log, heartbeatMs: 100000 });
const fresh = process.argv[2]==="fresh";
for (let i=0;i<Number(process.argv[3] ?? 20);i++) {
  if (fresh && i) { await push.stop(); push = await startPush({ folder: folder+"/a"+i, port: await freePort(), dist: folder+"/d", log: console.log, heartbeatMs: 100000 }); }
  else if (i) { await push.nginx.stop(); await push.nginx.start(); }
  const reader = new StreamReader(push.origin + "/updates");
  await reader.connected();
  const t = performance.now();
  for (let k=0;k<20;k++) push.hub.publish({type:"entry", data:i*20+k});
  const ok = () => { for (let k=0;k<20;k++) if (!reader.events.some(e=>e.data===i*20+k)) return false; return true; };
  const end = Date.now()+20000;
  while (Date.now()<end && !ok()) await sleep(5);
  const got = reader.events.map(e=>e.data);
  const mine = got.filter(d=>d>=i*20);
  console.log(i, ok() ? "ok" : "LOST", Math.round(performance.now()-t), mine.length, mine.length !== new Set(mine).size ? "DOUBLED "+mine : "");
  if (performance.now()-t > 4000) console.log(push.nginx.program.output);
  await reader.close();
}
await push.stop(); await rm(folder,{recursive:true});
