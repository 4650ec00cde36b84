/** What a small frame looks like on the page image. */
export interface Look {
  readonly shape: 'square' | 'round';
  /** `solid` is filled evenly; `pattern` is hatched or strewn, as swatches of a legend are. */
  readonly content: 'empty' | 'marked' | 'solid' | 'pattern';
  /** Gray levels by which its ground is darker than the paper around it. */
  readonly tint: number;
  /** Width of its line, in pixels. */
  readonly thickness: number;
  /** What marks it is a stroke or a fill that no letter in it would be: it comes near the line, or is black all over. */
  readonly bold?: true;
  /** Gray level halfway between its line and the paper. */
  readonly middle: number;
}
