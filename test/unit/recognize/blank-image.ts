import type { Raster } from '#legible/document/raster.js';

/** White paper of an inch by half an inch, for tests in which a fake engine says what is read. */
export const blankImage: Raster = {
  data: new Uint8Array(200 * 100).fill(255),
  width: 200,
  height: 100,
  channels: 1,
  dpi: 200,
};
