import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const proofs = join(import.meta.dirname, 'proofs');
const compiler = join(import.meta.dirname, '../../node_modules/.bin/tsc');
let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(join(proofs, 'scratch-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

const compile = (project: string): { status: number | null; stdout: string } =>
  spawnSync(compiler, ['--noEmit', '-p', project], { encoding: 'utf8' });

test('what the contract forbids does not compile, and what it allows does', () => {
  const { status, stdout } = compile(proofs);
  expect(stdout).toBe('');
  expect(status).toBe(0);
});

test('the proofs are real: without its expectation, each forbidden line is an error', () => {
  const source = readFileSync(join(proofs, 'contract.proofs.ts'), 'utf8').replaceAll(
    "'./contract.ts'",
    "'../contract.ts'",
  );
  const expectations = source.split('\n').filter((line) => line.includes('// @ts-expect-error')).length;
  expect(expectations).toBeGreaterThan(15);
  writeFileSync(join(scratch, 'bare.ts'), source.replaceAll('// @ts-expect-error', '//'));
  writeFileSync(join(scratch, 'tsconfig.json'), '{ "extends": "../../../../tsconfig.json", "include": ["."] }');
  const errorLines = new Set([...compile(scratch).stdout.matchAll(/bare\.ts\((\d+),/g)].map((match) => match[1]));
  expect(errorLines.size).toBeGreaterThanOrEqual(expectations);
});
