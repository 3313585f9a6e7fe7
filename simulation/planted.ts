// `npm run planted [-- name …]`: shows that the simulation notices every sabotage.
import { hunt } from './plants/hunt.ts';
import { plants } from './plants/plants.ts';

const asked = process.argv.slice(2);
const names = asked.length > 0 ? asked : Object.keys(plants);
const width = Math.max(...names.map((name) => name.length));
let missed = 0;
for (const name of names) {
  const { by, operations } = await hunt(name);
  if (by === undefined) missed += 1;
  const oracle = by?.violation?.oracle ?? 'NOT NOTICED';
  console.log(`${name.padEnd(width)}  ${oracle.padEnd(20)}  ${String(operations).padStart(7)} operations`);
  if (asked.length > 0) console.log(by?.violation?.message ?? '');
}
console.log(`\n${names.length - missed} of ${names.length} sabotages noticed`);
process.exit(missed === 0 ? 0 : 1);
