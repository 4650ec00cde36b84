import type { Pdfium } from './library.js';

/** Values of FPDFAnnot_GetSubtype. */
const SUBTYPE_LINK = 2;
const SUBTYPE_POPUP = 16;
const SUBTYPE_WIDGET = 20;
/** FPDF_ANNOT_APPEARANCEMODE_NORMAL and FLAT_NORMALDISPLAY. */
const NORMAL = 0;
/** A page with more annotations than this is left as it is. */
const MAX_ANNOTATIONS = 5000;
const FLATTEN_SUCCESS = 1;

/**
 * Makes what annotations show (filled form fields, typewriter text, stamps) part of the page's
 * content, where words and images are read from. Gives whether the page must be loaded anew. All
 * annotations are gone afterwards, so links must have been read. `drawFields` draws all form fields
 * anew from their values: the program that filled them in left the drawing to the viewer.
 */
export function flattenAnnotations(lib: Pdfium, page: number, drawFields: boolean): boolean {
  const { api } = lib;
  const count = api.FPDFPage_GetAnnotCount(page);
  if (count <= 0 || count > MAX_ANNOTATIONS) return false;
  let visible = false;
  for (let i = 0; i < count; i++) {
    const annotation = api.FPDFPage_GetAnnot(page, i);
    if (!annotation) continue;
    const subtype = api.FPDFAnnot_GetSubtype(annotation);
    if (subtype !== SUBTYPE_LINK && subtype !== SUBTYPE_POPUP) {
      const drawn = api.EPDFAnnot_HasAppearanceStream(annotation, NORMAL) !== 0;
      if (subtype === SUBTYPE_WIDGET && (drawFields || !drawn)) {
        api.EPDFAnnot_GenerateFormFieldAP(annotation);
      }
      visible ||= api.EPDFAnnot_HasAppearanceStream(annotation, NORMAL) !== 0;
    }
    api.FPDFPage_CloseAnnot(annotation);
  }
  return visible && api.FPDFPage_Flatten(page, NORMAL) === FLATTEN_SUCCESS;
}
