import { LanguageMemory } from './language-memory.js';
import type { Recognizer } from './recognizer.js';

/** The recogniser for one document: what one page's language was, the next pages start with. */
export function rememberLanguage(recognizer: Recognizer): Recognizer {
  const memory = new LanguageMemory();
  return {
    ...recognizer,
    // Once the language is known its data is loaded, and that of the first guess is not needed.
    warmUp: (language) => {
      if (!memory.languages) recognizer.warmUp(language);
    },
    recognizeImage: (image, options, signal) =>
      recognizer.recognizeImage(image, { memory, ...options }, signal),
  };
}
