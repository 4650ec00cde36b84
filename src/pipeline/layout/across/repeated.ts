import type { FurnitureRole } from '../roles/furniture.js';
import type { EdgeBlock, Summary } from './summary.js';

/** A repeated block may move by this share of the page's height from page to page. */
const SAME_PLACE = 0.025;
/** Running heads return within this many pages, left and right ones in turn. */
const REACH = 6;

type Found = Record<string, Record<string, FurnitureRole>>;

/**
 * Blocks at the pages' edges that return: the same text, numbers apart, at the same height on a page
 * nearby. Text that is a number alone must count with the pages.
 */
export function repeatedFurniture(pages: readonly Summary[]): Found {
  const groups = new Map<string, { page: number; edge: EdgeBlock }[]>();
  for (const page of pages) {
    for (const edge of page.edges) {
      const group = groups.get(edge.key) ?? [];
      group.push({ page: page.number, edge });
      groups.set(edge.key, group);
    }
  }
  const out: Found = {};
  for (const [key, places] of groups) {
    const bare = !/\p{L}{2}/u.test(key);
    places.forEach((p, i) => {
      const returns = places.some((q, k) => k !== i && isSame(p, q, bare));
      if (!returns) return;
      out[p.page] ??= {};
      out[p.page][p.edge.draft] = bare ? 'page_number' : p.edge.y < 0.5 ? 'running_head' : 'running_foot';
    });
  }
  return out;
}

type At = { page: number; edge: EdgeBlock };

function isSame(a: At, b: At, bare: boolean): boolean {
  if (a.page === b.page || Math.abs(a.page - b.page) > REACH) return false;
  if (Math.abs(a.edge.y - b.edge.y) > SAME_PLACE) return false;
  if (!bare) return true;
  return (
    a.edge.value !== undefined &&
    b.edge.value !== undefined &&
    a.edge.value - a.page === b.edge.value - b.page
  );
}
