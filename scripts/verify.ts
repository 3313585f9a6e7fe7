// Everything CI runs, in one command: `npm run verify`. Stops at the first step that fails.
import { spawnSync } from 'node:child_process';

const steps: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ['format', 'biome', 'check', '.'],
  ['lint', 'oxlint', '--type-aware', '--deny-warnings'],
  ['types', 'tsc', '--noEmit'],
  ['dead code', 'knip'],
  ['tests', 'vitest', 'run', '--reporter=default', '--reporter=./scripts/closing-line-reporter.ts'],
];

for (const [name, command, ...args] of steps) {
  const startedMs = performance.now();
  console.log(`\n── ${name}: ${command} ${args.join(' ')}`);
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) {
    console.error(`\nverify stopped: ${name} failed.`);
    process.exit(status ?? 1);
  }
  // Nothing follows the tests' own closing line.
  if (name !== 'tests') console.log(`── ${name} took ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
}
