import { transformBox, uprightMatrix } from '../matrix.js';
import type { FormButton } from '../port.js';
import type { PdfjsPage } from './document.js';

interface WidgetAnnotation {
  readonly subtype?: string;
  readonly hidden?: boolean;
  readonly checkBox?: boolean;
  readonly radioButton?: boolean;
  readonly fieldValue?: unknown;
  /** Value of this button when it is on. */
  readonly exportValue?: unknown;
  readonly buttonValue?: unknown;
  readonly annotationFlags?: number;
  readonly rect: readonly [number, number, number, number];
}

/** Annotation flags: invisible, hidden, not shown on screen. */
const UNSEEN = 1 | 2 | 32;
const MAX_BUTTONS = 5000;

/** Check boxes and radio buttons of the page's form. */
export async function readButtons({ proxy, frame }: PdfjsPage): Promise<FormButton[]> {
  const annotations = (await proxy.getAnnotations().catch(() => [])) as WidgetAnnotation[];
  const upright = uprightMatrix(frame);
  return annotations
    .filter(({ subtype, checkBox, radioButton }) => subtype === 'Widget' && (checkBox || radioButton))
    .filter(({ annotationFlags = 0 }) => (annotationFlags & UNSEEN) === 0)
    .slice(0, MAX_BUTTONS)
    .map(({ rect: [x0, y0, x1, y1], fieldValue, exportValue, buttonValue, checkBox }) => ({
      box: transformBox(upright, x0, y0, x1, y1),
      checked: fieldValue !== undefined && fieldValue === (checkBox ? exportValue : buttonValue),
    }));
}
