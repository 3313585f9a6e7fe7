import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const faults = 57;

interface Line {
  readonly number: number;
  readonly isLater: boolean;
  readonly proofs: readonly { readonly file: string; readonly name: string }[];
}

const readLines = async (): Promise<readonly Line[]> => {
  const document = await readFile(join(root, 'docs/faults.md'), 'utf8');
  return document
    .split('\n')
    .filter((line) => /^\|\s*\d+\s*\|/.test(line))
    .map((line) => {
      const [, number, , does = ''] = line.split('|');
      return {
        number: Number(number),
        isLater: /[*_]later[*_]/.test(does),
        proofs: [...line.matchAll(/`(test\/[\w./-]+)`: “(.+?)”/g)].map(([, file = '', name = '']) => ({ file, name })),
      };
    });
};

test('docs/faults.md has every fault, each with a test or marked as coming later', async () => {
  const lines = await readLines();
  expect(lines.map(({ number }) => number)).toEqual(Array.from({ length: faults }, (_, index) => index + 1));
  expect(lines.filter(({ isLater, proofs }) => !isLater && proofs.length === 0)).toEqual([]);
});

test('every test that docs/faults.md names is there', async () => {
  const missing: string[] = [];
  for (const { number, proofs } of await readLines()) {
    for (const { file, name } of proofs) {
      const source = await readFile(join(root, file), 'utf8');
      if (!source.includes(name)) missing.push(`${number}: ${file}: ${name}`);
    }
  }
  expect(missing).toEqual([]);
});
