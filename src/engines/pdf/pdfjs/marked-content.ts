export interface MarkedContent {
  /** Whether optional content (a layer) is switched on; `group` as pdf.js describes it. */
  isVisible?(group: unknown): boolean;
  /** Index of the structure element that holds the marked content. */
  tagOf(contentId: number): number | undefined;
  /** Index of the element for artifacts, in a tagged document. */
  artifact(): number | undefined;
}

/** The marked content that is open at one point of the page's operators, innermost last. */
export class MarkedStack {
  readonly #marked: MarkedContent;
  readonly #tags: (number | undefined)[] = [];
  /** For each level, whether a layer that is switched off contains it. */
  readonly #hidden: boolean[] = [];

  constructor(marked: MarkedContent) {
    this.#marked = marked;
  }

  /** Index of the structure element, where there is one. */
  get tag(): number | undefined {
    return this.#tags.at(-1);
  }

  get isHidden(): boolean {
    return this.#hidden.at(-1) === true;
  }

  /** `tag` and `id` as pdf.js hands them over. */
  begin(tag: unknown, id: unknown): void {
    const own = typeof id === 'number' ? this.#marked.tagOf(id) : undefined;
    const name = typeof tag === 'string' ? tag : (tag as { name?: string } | null)?.name;
    const artifact = name === 'Artifact' ? this.#marked.artifact() : undefined;
    this.#tags.push(own ?? artifact ?? this.tag);
    const off = name === 'OC' && this.#marked.isVisible?.(id) === false;
    this.#hidden.push(off || this.isHidden);
  }

  end(): void {
    this.#tags.pop();
    this.#hidden.pop();
  }
}
