import { PermissionFlagsBits } from 'discord-api-types/v10';
import { expect, test } from 'vitest';

const page = new URL('../../src/playground/page/permissions.js', import.meta.url).href;

test('the page offers every permission that Discord has, once', async () => {
  const { permissions } = (await import(page)) as {
    permissions: readonly (readonly [string, readonly (readonly [string, number])[]])[];
  };
  const bits = permissions.flatMap(([, names]) => names.map(([, bit]) => 1n << BigInt(bit)));
  const discords = new Set(Object.values(PermissionFlagsBits));
  expect(bits.length).toBe(discords.size);
  expect(new Set(bits)).toEqual(discords);
});
