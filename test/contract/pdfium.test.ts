import { createPdfiumEngine } from '#legible/engines/pdf/pdfium/engine.js';
import { pdfEngineContract } from './pdf-engine.js';

pdfEngineContract('pdfium', (limits) => createPdfiumEngine({ threads: 2, ...limits }));
