import * as z from 'zod';

export const FORMATS = ['markdown', 'text', 'json'] as const;
export type Format = (typeof FORMATS)[number];

export const OCR_MODES = ['auto', 'always', 'never'] as const;
export type OcrMode = (typeof OCR_MODES)[number];

/** Running heads, running feet and page numbers in Markdown and text; JSON always has them. */
export const RUNNING_HEADS = ['omit', 'keep'] as const;
export type RunningHeads = (typeof RUNNING_HEADS)[number];

/** `auto` picks per page; the other names force one engine. */
export const ENGINE_CHOICES = ['auto', 'tesseract.js', 'tesseract-native', 'paddle'] as const;
export type EngineChoice = (typeof ENGINE_CHOICES)[number];

/** Highest page number that is understood: more than any document has. */
export const MAX_PAGE = 1_000_000;

/** 1-based, inclusive; `last` is the last page of the document. */
export const PageRange = z.object({
  start: z.union([z.number().int().min(1).max(MAX_PAGE), z.literal('last')]),
  end: z.union([z.number().int().min(1).max(MAX_PAGE), z.literal('last')]),
});
export type PageRange = z.infer<typeof PageRange>;

/** What changes the result of a document; together with the bytes' SHA-256 it is the key of the result cache. */
export interface ExtractOptions {
  /** All pages when absent. */
  readonly pages?: readonly PageRange[];
  /** `auto`, or one or more languages joined by `+` in any form that `recognize/languages.ts` knows. */
  readonly language: string;
  readonly ocr: OcrMode;
  readonly engine: EngineChoice;
  readonly password?: string;
}
