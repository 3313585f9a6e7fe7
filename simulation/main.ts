import { run } from './runner.ts';

const seed = process.argv[2] ?? '1';
const n = Number(process.argv[3] ?? 2000);
const t = performance.now();
const r = await run({ seed, operations: n });
const ms = performance.now() - t;
console.log(
  { ...r, violation: r.violation?.message.slice(0, 3000), stack: r.violation?.stack?.slice(0, 1500) },
  `${Math.round((n / ms) * 1000)} ops/s`,
);
