/** The languages that pages of one document turned out to be in: the next page is read in them first. */
export class LanguageMemory {
  #languages: readonly string[] | undefined;

  /** Tesseract codes; undefined until a page was read surely. */
  get languages(): readonly string[] | undefined {
    return this.#languages;
  }

  remember(languages: readonly string[]): void {
    this.#languages = languages;
  }
}
