import { loadPlan } from '../src/run/plan.ts';
import { declareCase } from './declare-case.ts';

for (const one of loadPlan(process.env).cases) declareCase(one);
