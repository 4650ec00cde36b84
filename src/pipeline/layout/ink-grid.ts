import type { Box } from '../../document/geometry.js';

/** Cells of a page are never more than this, however small the type. */
const MAX_CELLS = 60_000;

/**
 * Boxes that touch or lie within one cell of each other, as areas: the extents of the connected parts of a
 * coarse raster of the page, so that thousands of strokes cost no more than the cells they cover.
 * `cell` is in points.
 */
export function connectedAreas(
  boxes: readonly Box[],
  { width, height }: { readonly width: number; readonly height: number },
  cell: number,
): Box[] {
  const size = Math.max(cell, Math.sqrt((width * height) / MAX_CELLS));
  const columns = Math.max(1, Math.ceil(width / size));
  const rows = Math.max(1, Math.ceil(height / size));
  const label = new Int32Array(columns * rows);
  const clamp = (value: number, limit: number): number => Math.min(limit - 1, Math.max(0, Math.floor(value)));
  const spans = boxes.map((b) => ({
    c0: clamp(b.x0 / size, columns),
    c1: clamp(b.x1 / size, columns),
    r0: clamp(b.y0 / size, rows),
    r1: clamp(b.y1 / size, rows),
  }));
  for (const { c0, c1, r0, r1 } of spans)
    for (let r = r0; r <= r1; r++) label.fill(-1, r * columns + c0, r * columns + c1 + 1);
  let areas = 0;
  const stack: number[] = [];
  for (let start = 0; start < label.length; start++) {
    if (label[start] !== -1) continue;
    areas++;
    label[start] = areas;
    stack.push(start);
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const column = at % columns;
      for (const step of [-columns - 1, -columns, -columns + 1, -1, 1, columns - 1, columns, columns + 1]) {
        const next = at + step;
        if (next < 0 || next >= label.length || label[next] !== -1) continue;
        if (Math.abs((next % columns) - column) > 1) continue;
        label[next] = areas;
        stack.push(next);
      }
    }
  }
  const out: ({ x0: number; y0: number; x1: number; y1: number } | undefined)[] = new Array(areas);
  spans.forEach(({ c0, r0 }, i) => {
    const at = label[r0 * columns + c0] - 1;
    const { x0, y0, x1, y1 } = boxes[i];
    const area = out[at];
    if (!area) out[at] = { x0, y0, x1, y1 };
    else {
      area.x0 = Math.min(area.x0, x0);
      area.y0 = Math.min(area.y0, y0);
      area.x1 = Math.max(area.x1, x1);
      area.y1 = Math.max(area.y1, y1);
    }
  });
  return out.filter((area) => area !== undefined);
}
