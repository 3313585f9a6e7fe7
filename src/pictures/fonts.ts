import { createRequire } from 'node:module';
import { GlobalFonts } from '@napi-rs/canvas';
import { assert } from '../kernel/assert.ts';

const family = 'Guildhall';

/**
 * Registers DejaVu Sans out of its package, under a name of our own: pictures look the same whatever fonts the machine
 * has. Throws when the package lacks the files.
 */
export const registerFonts = (): void => {
  const { resolve } = createRequire(import.meta.url);
  for (const face of ['DejaVuSans', 'DejaVuSans-Bold']) {
    const registered = GlobalFonts.registerFromPath(resolve(`dejavu-fonts-ttf/ttf/${face}.ttf`), family);
    assert(registered !== null, `the font ${face} can be read`);
  }
};

/** The plain face at a size in pixels. */
export const regular = (pixels: number): string => `${pixels}px ${family}`;
/** The bold face at a size in pixels. */
export const bold = (pixels: number): string => `bold ${pixels}px ${family}`;
