import type { Raster } from '../../document/raster.js';
import { type Ink, isScenery } from '../render/ink.js';
import type { RecognizedImage } from './recognizer.js';

/** Under this mean most words are wrong: receipts in poor photographs reach 60, handwriting and scenes stay below 46. */
export const POOR_CONFIDENCE = 50;
/** Letters that specks and fibres of an empty sheet are taken for. */
const DIRT_CHARACTERS = 15;
/** Edges a pixel of a sheet with one short line of text; specks have fewer. */
const DIRT_EDGES = 0.002;

/** `nothing`: an empty sheet with specks; `scenery`: a photograph in whose textures letters were seen. */
export type Reading = 'text' | 'nothing' | 'scenery';

/** What a page image that was read turns out to be. */
export function judgeReading(read: RecognizedImage, ink: Ink, { width, height }: Raster): Reading {
  const isPoor = read.confidence === null || read.confidence < POOR_CONFIDENCE;
  if (!isPoor) return 'text';
  if (isScenery(ink)) return 'scenery';
  const characters = read.words.reduce((sum, word) => sum + word.text.length, 0);
  const isEmpty = characters < DIRT_CHARACTERS && ink.edges < DIRT_EDGES * width * height;
  return isEmpty ? 'nothing' : 'text';
}
