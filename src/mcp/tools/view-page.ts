import * as z from 'zod';
import { MAX_PAGE } from '../../pipeline/options.js';
import { jobId } from '../arguments.js';
import { call } from '../next.js';
import { defineTool } from '../tool.js';

/** A letter page is 850 x 1 100 pixels then: small print stays legible, and models take no more. */
const DEFAULT_DPI = 100;
/** A region is small, so it may be sharp. */
const DEFAULT_REGION_DPI = 200;
const MIN_DPI = 36;
const MAX_DPI = 300;
/** Hosts refuse results above 1 MB; base64 takes four bytes for three. */
const MAX_IMAGE_BYTES = 700_000;
const MAX_POINTS = 100_000;

export const viewPage = defineTool({
  name: 'view_page',
  title: 'View a page',
  description: `See a page of a document, or a crop of it, as an image: use it to check a doubtful word, a figure, a stamp or a table against the original. Works as soon as the document was submitted. region takes the box of a word or hit in points.`,
  input: z.strictObject({
    job_id: jobId,
    page: z.int().min(1).max(MAX_PAGE).describe('Page of the source document, from 1.'),
    region: z
      .array(z.number().min(-MAX_POINTS).max(MAX_POINTS))
      .length(4)
      .optional()
      .describe('[x0, y0, x1, y1] in points (1/72 inch), top-left origin. Default: the whole page.'),
    dpi: z
      .int()
      .min(MIN_DPI)
      .max(MAX_DPI)
      .optional()
      .describe(
        'Pixels an inch, 36-300. Default: 100 for a page, 200 for a region; less where the image would be too large.',
      ),
  }),
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },

  async run({ job_id, page, region, dpi: wanted }, { jobs, owner }) {
    const box = region && toBox(region);
    let dpi = wanted ?? (box ? DEFAULT_REGION_DPI : DEFAULT_DPI);
    for (;;) {
      const image = await jobs.viewPage(job_id, owner, page, { dpi, ...(box && { region: box }) });
      const excess = image.bytes.length / MAX_IMAGE_BYTES;
      if (excess <= 1 || dpi === MIN_DPI) {
        const scale = `1 point is ${Math.round((dpi / 72) * 100) / 100} pixels`;
        const place = box ? `region [${region}] of page ${page}` : `page ${page}`;
        const text = [
          `${place}, ${image.width} x ${image.height} pixels at ${dpi} dpi; ${scale}.`,
          `next: ${call('get_result', { job_id, pages: String(page) })} for its text`,
        ].join('\n');
        return { kind: 'image', text, bytes: image.bytes, mediaType: image.mediaType };
      }
      // Bytes grow a little slower than pixels: aim below the limit, and always make progress.
      dpi = Math.max(MIN_DPI, Math.min(dpi - 1, Math.floor((dpi * 0.9) / Math.sqrt(excess))));
    }
  },
});

/** Corners in any order. */
function toBox([xa, ya, xb, yb]: readonly number[]) {
  return { x0: Math.min(xa, xb), y0: Math.min(ya, yb), x1: Math.max(xa, xb), y1: Math.max(ya, yb) };
}
