/**
 * Everything that loops over the pixels of a page: pure functions, called in threads so that no page holds up
 * the server. Arguments and results are plain data; images are `{ data, width, height, … }`.
 */

export { findFrames } from '../recognize/check-boxes/find-frames.js';
export { judgeFrames } from '../recognize/check-boxes/judge.js';
export { despeckle } from '../recognize/prepare/despeckle.js';
export { fingerprint } from '../recognize/prepare/fingerprint.js';
export { findFold } from '../recognize/prepare/fold.js';
export { invert } from '../recognize/prepare/gray.js';
export { evenGrounds } from '../recognize/prepare/grounds.js';
export { measureText } from '../recognize/prepare/measure.js';
export { coverNeighbour } from '../recognize/prepare/neighbour.js';
export { cutSheet } from '../recognize/prepare/rectify.js';
export { evenLight } from '../recognize/prepare/shading.js';
export { crop, turn, turnedStrip } from '../recognize/prepare/turn.js';
export { findRasterRules } from '../recognize/raster-rules.js';
export { strokeWeights } from '../recognize/stroke-weight.js';
export { findUnread } from '../recognize/unread.js';
export { decodeBmp } from '../render/bmp.js';
export { measureInk } from '../render/ink.js';
