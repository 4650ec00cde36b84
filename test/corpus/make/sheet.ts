import { STANDARD_FONTS, type StandardFont, toWinAnsi } from './fonts.js';
import { PdfFile, pdfString, type Ref } from './pdf-file.js';
import { glyphWidth } from './pdfium.js';

export interface TextStyle {
  readonly font: StandardFont;
  /** Points. */
  readonly size: number;
  /** Gray 0 (black) to 1 (white). */
  readonly gray?: number;
  /** 0 fills, 3 is invisible. */
  readonly renderMode?: number;
  /** Added to each space, in points. */
  readonly wordSpacing?: number;
}

/** Width of a line of text in points. */
export const textWidth = (text: string, { font, size }: TextStyle): number =>
  ([...text].reduce((sum, character) => sum + glyphWidth(font, character), 0) * size) / 1000;

const number = (value: number): string => String(Math.round(value * 1000) / 1000);

/** One page being set. Coordinates are points from the top-left corner; `y` of text is its baseline. */
export class Sheet {
  private readonly operators: string[] = [];
  private readonly links: { box: readonly [number, number, number, number]; url: string }[] = [];
  private readonly images = new Map<string, Ref>();
  private readonly annotators: ((file: PdfFile) => readonly Ref[])[] = [];

  constructor(
    readonly width: number,
    readonly height: number,
  ) {}

  text(x: number, y: number, text: string, style: TextStyle): void {
    const parts = [
      'BT',
      `/F${STANDARD_FONTS.indexOf(style.font)} ${number(style.size)} Tf`,
      `${number(style.gray ?? 0)} g`,
      `${style.renderMode ?? 0} Tr`,
      `${number(style.wordSpacing ?? 0)} Tw`,
      `${number(x)} ${number(this.height - y)} Td`,
      `${pdfString(toWinAnsi(text))} Tj`,
      'ET',
    ];
    this.operators.push(parts.join(' '));
  }

  centered(y: number, text: string, style: TextStyle, center = this.width / 2): void {
    this.text(center - textWidth(text, style) / 2, y, text, style);
  }

  rightAligned(right: number, y: number, text: string, style: TextStyle): void {
    this.text(right - textWidth(text, style), y, text, style);
  }

  line(x0: number, y0: number, x1: number, y1: number, width = 0.6): void {
    this.operators.push(
      `0 G ${number(width)} w ${number(x0)} ${number(this.height - y0)} m ${number(x1)} ${number(this.height - y1)} l S`,
    );
  }

  /** A filled rectangle. `gray` 0 is black. */
  fill(x0: number, y0: number, x1: number, y1: number, gray: number): void {
    this.operators.push(
      `${number(gray)} g ${number(x0)} ${number(this.height - y1)} ${number(x1 - x0)} ${number(y1 - y0)} re f`,
    );
  }

  /** Any other operators, in PDF coordinates. */
  draw(operators: string): void {
    this.operators.push(`q ${operators} Q`);
  }

  /** Puts annotations on the page that `make` adds to the file. */
  annotate(make: (file: PdfFile) => readonly Ref[]): void {
    this.annotators.push(make);
  }

  image(ref: Ref, x0: number, y0: number, x1: number, y1: number): void {
    const name = `I${this.images.size}`;
    this.images.set(name, ref);
    this.operators.push(
      `q ${number(x1 - x0)} 0 0 ${number(y1 - y0)} ${number(x0)} ${number(this.height - y1)} cm /${name} Do Q`,
    );
  }

  link(x0: number, y0: number, x1: number, y1: number, url: string): void {
    this.links.push({ box: [x0, this.height - y1, x1, this.height - y0], url });
  }

  /** Writes the page. With `rotate` it is stored on its side and turned upright by its /Rotate entry; `toUnicode` replaces the fonts' own mapping to characters. */
  addTo(file: PdfFile, options: { rotate?: 90; toUnicode?: Ref } = {}): void {
    const fonts = STANDARD_FONTS.map((font, index) => {
      const extra = options.toUnicode ? ` /ToUnicode ${options.toUnicode}` : '';
      return `/F${index} << /Type /Font /Subtype /Type1 /BaseFont /${font} /Encoding /WinAnsiEncoding${extra} >>`;
    }).filter((_, index) => this.operators.some((operator) => operator.includes(`/F${index} `)));
    const images = [...this.images].map(([name, ref]) => `/${name} ${ref}`);
    const [width, height] = options.rotate ? [this.height, this.width] : [this.width, this.height];
    const sideways = options.rotate ? `0 1 -1 0 ${number(this.height)} 0 cm\n` : '';
    const contents = file.addStream('', `${sideways}${this.operators.join('\n')}`);
    const annotations = [
      ...this.links.map(({ box, url }) => file.addLink(box.map(number).join(' '), url)),
      ...this.annotators.flatMap((make) => make(file)),
    ];
    file.addPage(
      `/MediaBox [0 0 ${number(width)} ${number(height)}] /Contents ${contents} ` +
        `/Resources << /Font << ${fonts.join(' ')} >> /XObject << ${images.join(' ')} >> >>` +
        `${options.rotate ? ` /Rotate ${options.rotate}` : ''}` +
        `${annotations.length ? ` /Annots [${annotations.join(' ')}]` : ''}`,
    );
  }

  /** A document of this page alone, for rendering. */
  toPdf(): Buffer {
    const file = new PdfFile();
    this.addTo(file);
    return file.build();
  }
}
