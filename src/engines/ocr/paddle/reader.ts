import { decodeLine, type LineWord } from './ctc.js';
import { type Gray, resample, sample } from './pixels.js';
import { type InferenceSession, infer, type OnnxRuntime } from './runtime.js';
import { type TextBox, textBoxes } from './text-boxes.js';

/** Longest side of the detector's input: 960, the usual value, loses lines of A4 pages; 2400 gains nothing. */
const DETECTOR_SIDE = 1600;
/** The detector's input sides are multiples of this. */
const DETECTOR_GRID = 32;
/** ImageNet's mean and deviation, with which the detector was trained. */
const MEAN = [0.485, 0.456, 0.406] as const;
const DEVIATION = [0.229, 0.224, 0.225] as const;
/** Height of the recogniser's input. */
const LINE_HEIGHT = 48;
/** The recogniser makes one step of this many pixels. */
const STEP_WIDTH = 8;
const MAX_LINE_WIDTH = 3_200;
/** Boxes higher than wide by this much hold text that runs upwards. */
const UPRIGHT_RATIO = 1.5;

/** A detected line of text and its words. */
export interface ReadLine {
  readonly box: TextBox;
  readonly words: readonly LineWord[];
}

export interface Models {
  readonly runtime: OnnxRuntime;
  readonly detector: InferenceSession;
  readonly recognizer: InferenceSession;
  /** Classes of the recogniser: blank, the dictionary, space. */
  readonly characters: readonly string[];
}

/** PP-OCR's two stages: where is text, what does each line say. */
export async function readLines(image: Gray, models: Models): Promise<ReadLine[]> {
  const lines: ReadLine[] = [];
  for (const found of await detect(image, models)) {
    const box = found.height > found.width * UPRIGHT_RATIO ? upwards(found) : found;
    const words = await readLine(image, box, models);
    if (words.length > 0) lines.push({ box, words });
  }
  return lines;
}

async function detect(image: Gray, { runtime, detector }: Models): Promise<TextBox[]> {
  const factor = Math.min(1, DETECTOR_SIDE / Math.max(image.width, image.height));
  const onGrid = (side: number) =>
    Math.max(DETECTOR_GRID, Math.round((side * factor) / DETECTOR_GRID) * DETECTOR_GRID);
  const [width, height] = [onGrid(image.width), onGrid(image.height)];
  const small = resample(image, width, height);
  const plane = width * height;
  const input = new Float32Array(3 * plane);
  for (let channel = 0; channel < 3; channel++) {
    const gain = 1 / (255 * DEVIATION[channel]);
    const offset = -MEAN[channel] / DEVIATION[channel];
    for (let i = 0; i < plane; i++) input[channel * plane + i] = small.data[i] * gain + offset;
  }
  const map = await infer(runtime, detector, input, [1, 3, height, width]);
  const scaleX = image.width / width;
  const scaleY = image.height / height;
  return textBoxes(map.data, width, height).map((box) => ({
    centerX: box.centerX * scaleX,
    centerY: box.centerY * scaleY,
    width: box.width * scaleX,
    height: box.height * scaleY,
    angle: box.angle,
  }));
}

async function readLine(image: Gray, box: TextBox, models: Models): Promise<LineWord[]> {
  const { runtime, recognizer, characters } = models;
  const drawn = Math.min(
    MAX_LINE_WIDTH,
    Math.max(2 * STEP_WIDTH, Math.round((box.width * LINE_HEIGHT) / box.height)),
  );
  const width = Math.ceil(drawn / STEP_WIDTH) * STEP_WIDTH;
  const plane = LINE_HEIGHT * width;
  const input = new Float32Array(3 * plane);
  const [cos, sin] = [Math.cos(box.angle), Math.sin(box.angle)];
  for (let y = 0; y < LINE_HEIGHT; y++) {
    const across = ((y + 0.5) / LINE_HEIGHT - 0.5) * box.height;
    for (let x = 0; x < drawn; x++) {
      const along = ((x + 0.5) / drawn - 0.5) * box.width;
      const level = sample(
        image,
        box.centerX + along * cos - across * sin - 0.5,
        box.centerY + along * sin + across * cos - 0.5,
      );
      const value = level / 127.5 - 1;
      const at = y * width + x;
      input[at] = value;
      input[at + plane] = value;
      input[at + 2 * plane] = value;
    }
  }
  const output = await infer(runtime, recognizer, input, [1, 3, LINE_HEIGHT, width]);
  return decodeLine(output.data, output.dims[1], characters, drawn / width);
}

/** The same rectangle read from its lower to its upper end. */
const upwards = ({ centerX, centerY, width, height, angle }: TextBox): TextBox => ({
  centerX,
  centerY,
  width: height,
  height: width,
  angle: angle - Math.PI / 2,
});
