import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { ConfigurationError } from './configuration.ts';
import type { OwnerDefaults } from './kernel/setting.ts';

const defaultsSchema = z.record(z.string(), z.string());

const textOf = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new ConfigurationError(`GUILDHALL_DEFAULTS: ${file} cannot be read`, { cause: error });
  }
};

/**
 * Reads the owner's defaults: a JSON object of settings and their values as `/settings set` takes them, such as
 * `{"daily.amount": "200"}`. None without a file. Rejects with a `ConfigurationError` when it is no such file.
 */
export const readOwnerDefaults = async (file: string | undefined): Promise<OwnerDefaults> => {
  if (file === undefined) return new Map();
  const text = await textOf(file);
  try {
    return new Map(Object.entries(defaultsSchema.parse(JSON.parse(text))));
  } catch (error) {
    throw new ConfigurationError(`GUILDHALL_DEFAULTS: ${file} is no JSON object of texts`, { cause: error });
  }
};
