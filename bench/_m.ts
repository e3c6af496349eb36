import { startRepeated } from './repeated.ts';
import { spawnSync } from 'node:child_process';
import { spawn } from 'node:child_process';
(async()=>{ const t = await startRepeated(Number(process.argv[2])); 
const c = spawn(process.execPath,['--import','tsx','src/cli/conformance.ts','--no-page','--reports','/tmp/hb30','--seed','1','--target',t.profile,...process.argv.slice(3)],{env:{...process.env,...t.env,NODE_OPTIONS:'--import /tmp/hb/stamp.mjs --import /tmp/hb/prof-pre.mjs'},stdio:['ignore','ignore','inherit']});
c.on('close',async()=>{await t.stop();}); })();
