import { createPdfjsEngine } from '#legible/engines/pdf/pdfjs/engine.js';
import { pdfEngineContract } from './pdf-engine.js';

pdfEngineContract('pdfjs', (limits) => createPdfjsEngine({ threads: 1, ...limits }));
