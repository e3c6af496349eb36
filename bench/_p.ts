const s0=performance.now();
import('../src/run/plan.ts').then(async ({loadPlan})=>{ console.log('import plan',performance.now()-s0);
const {allCases}=await import('../src/cases/all-cases.ts');
let s=performance.now(); const p=loadPlan(process.env); console.log('loadPlan',performance.now()-s, p.cases.length);
for(let i=0;i<3;i++){s=performance.now(); allCases(p.contract,p.profile); console.log('allCases',performance.now()-s);}
s=performance.now(); const v8=await import('node:v8'); const b=v8.serialize(p.contract); console.log('ser',performance.now()-s,b.length);
s=performance.now(); v8.deserialize(b); console.log('deser',performance.now()-s);
s=performance.now(); await import('../src/run/session.ts'); console.log('import session',performance.now()-s);
});
