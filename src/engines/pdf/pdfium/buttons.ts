import { type Matrix, transformBox } from '../matrix.js';
import type { FormButton } from '../port.js';
import type { Pdfium } from './library.js';

/** Value of FPDFAnnot_GetSubtype. */
const SUBTYPE_WIDGET = 20;
/** Values of FPDFAnnot_GetFormFieldType. */
const CHECK_BOX = 2;
const RADIO_BUTTON = 3;
/** Annotation flags: invisible, hidden, not shown on screen. */
const UNSEEN = 1 | 2 | 32;
/** A page with more annotations than this is left as it is. */
const MAX_ANNOTATIONS = 5000;

/** Check boxes and radio buttons of the page, of an opened document whose annotations are still there. */
export function readButtons(
  { lib, pointer }: { readonly lib: Pdfium; readonly pointer: number },
  page: number,
  upright: Matrix,
): FormButton[] {
  const { api } = lib;
  const count = api.FPDFPage_GetAnnotCount(page);
  if (count <= 0 || count > MAX_ANNOTATIONS) return [];
  const widgets: number[] = [];
  for (let i = 0; i < count; i++) {
    const annotation = api.FPDFPage_GetAnnot(page, i);
    if (!annotation) continue;
    const isSeen = (api.FPDFAnnot_GetFlags(annotation) & UNSEEN) === 0;
    if (isSeen && api.FPDFAnnot_GetSubtype(annotation) === SUBTYPE_WIDGET) widgets.push(annotation);
    else api.FPDFPage_CloseAnnot(annotation);
  }
  if (widgets.length === 0) return [];
  const info = api.PDFiumExt_OpenFormFillInfo();
  const form = info ? api.PDFiumExt_InitFormFillEnvironment(pointer, info) : 0;
  try {
    return form ? widgets.flatMap((widget) => readButton(lib, form, widget, upright) ?? []) : [];
  } finally {
    for (const widget of widgets) api.FPDFPage_CloseAnnot(widget);
    if (form) api.PDFiumExt_ExitFormFillEnvironment(form);
    if (info) api.PDFiumExt_CloseFormFillInfo(info);
  }
}

function readButton(lib: Pdfium, form: number, widget: number, upright: Matrix): FormButton | undefined {
  const { api, scratch } = lib;
  const type = api.FPDFAnnot_GetFormFieldType(form, widget);
  if (type !== CHECK_BOX && type !== RADIO_BUTTON) return undefined;
  if (!api.FPDFAnnot_GetRect(widget, scratch)) return undefined;
  // FS_RECTF: left, top, right, bottom.
  const [left, top, right, bottom] = [0, 4, 8, 12].map((offset) => lib.float(scratch + offset));
  return {
    box: transformBox(upright, left, bottom, right, top),
    checked: isOn(lib, form, widget),
  };
}

/** The state that the button shows; where the file leaves that out, the field's value. */
function isOn(lib: Pdfium, form: number, widget: number): boolean {
  const { api } = lib;
  const state = lib.withString('AS', (key) =>
    lib.readString((buffer, bytes) => api.FPDFAnnot_GetStringValue(widget, key, buffer, bytes)),
  );
  if (state !== '') return state !== 'Off';
  const [value, whenOn] = [api.FPDFAnnot_GetFormFieldValue, api.FPDFAnnot_GetFormFieldExportValue].map(
    (read) => lib.readString((buffer, bytes) => read(form, widget, buffer, bytes)),
  );
  return value !== '' && value !== 'Off' && value === whenOn;
}
