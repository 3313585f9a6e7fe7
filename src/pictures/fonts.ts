import { fileURLToPath } from 'node:url';
import { GlobalFonts } from '@napi-rs/canvas';
import { assert } from '../kernel/assert.ts';

const family = 'Guildhall';

const faces = [
  import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
];

/**
 * Registers DejaVu Sans out of its package, under a name of our own: pictures look the same whatever fonts the machine
 * has. Throws when the package lacks the files.
 */
export const registerFonts = (): void => {
  for (const face of faces) {
    assert(GlobalFonts.registerFromPath(fileURLToPath(face), family) !== null, `the font ${face} can be read`);
  }
};

/** The plain face at a size in pixels. */
export const regular = (pixels: number): string => `${pixels}px ${family}`;
/** The bold face at a size in pixels. */
export const bold = (pixels: number): string => `bold ${pixels}px ${family}`;
