import type { PhrasingContent } from 'mdast';
import type { Inline } from '../../document/block.js';
import { raised } from './raised.js';

type Look = 'bold' | 'italic' | 'code' | 'link';

interface Character {
  readonly text: string;
  bold: boolean;
  italic: boolean;
  readonly code: boolean;
  link: string;
}

const isSpace = (text: string | undefined): boolean => text === undefined || /^\s$/u.test(text);
const isWordCharacter = (text: string | undefined): boolean =>
  text !== undefined && /[\p{L}\p{N}\p{M}]/u.test(text);

/** Characters that no reader can use and some parsers choke on: C0 controls except line feed, DEL. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f]/g;

/** Link targets worth keeping; page jumps and scripts mean nothing outside the source file. */
export const KEPT_LINK = /^(?:https?|mailto|ftp):/i;

/** Control characters and white space of any kind as one space each; line feeds stay. */
export const plainSpaces = (text: string): string => text.replace(CONTROL, ' ').replace(/[^\S\n]+/gu, ' ');

/** One space for any white space, no white space at the ends; a line feed stays as a line break. */
export function tidyText(text: string): string {
  return plainSpaces(text)
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n+/g, '\n')
    .trim();
}

/** The text of inlines without any markup; superscripts in their own characters where Unicode has them. */
export const plainInlines = (inlines: readonly Inline[]): string =>
  tidyText(inlines.map((inline) => raised(inline)?.text ?? inline.text).join(''));

function toCharacters(inlines: readonly Inline[]): Character[] {
  const characters: Character[] = [];
  for (const inline of inlines) {
    const special = raised(inline);
    const text = special?.html ? [special.html] : (special?.text ?? inline.text);
    const link = inline.link !== undefined && KEPT_LINK.test(inline.link) ? inline.link : '';
    const code = inline.code === true;
    for (const raw of text) {
      const clean = raw.length > 2 ? raw : raw.replace(CONTROL, ' ').replace(/[^\S\n]/u, ' ');
      const last = characters.at(-1)?.text;
      if (isSpace(clean) && (last === undefined || isSpace(last))) {
        if (clean === '\n' && last === ' ') characters.pop();
        else continue;
      }
      characters.push({
        text: clean,
        bold: inline.bold === true && !code,
        italic: inline.italic === true && !code,
        code,
        link,
      });
    }
  }
  while (characters.length > 0 && isSpace(characters.at(-1)!.text)) characters.pop();
  return characters;
}

/**
 * Emphasis as a typist would set it: it spans the spaces between emphasised words, never begins or
 * ends with a space or inside a word, and never holds punctuation only. Only such emphasis survives
 * CommonMark's flanking rules without character references.
 */
function settle(characters: Character[], look: 'bold' | 'italic'): void {
  let gap = -1;
  for (let i = 0; i < characters.length; i++) {
    if (characters[i][look]) {
      if (gap >= 0) for (let k = gap; k < i; k++) characters[k][look] = true;
      gap = i + 1;
    } else if (!isSpace(characters[i].text)) gap = -1;
  }
  for (let start = 0; start < characters.length; start++) {
    if (!characters[start][look]) continue;
    let end = start;
    while (end < characters.length && characters[end][look]) end++;
    const next = end;
    let from = start;
    const cut = (inner: number, outer: number): boolean =>
      isSpace(characters[inner].text) ||
      (isWordCharacter(characters[outer]?.text) && !isSpace(characters[inner].text));
    while (from < end && cut(from, from - 1)) from++;
    while (end > from && cut(end - 1, end)) end--;
    let worded = false;
    for (let k = from; k < end; k++) worded ||= isWordCharacter(characters[k].text);
    for (let k = start; k < next; k++) characters[k][look] = worded && k >= from && k < end;
    start = next - 1;
  }
}

/** A link whose text is its address needs no markup: GFM links bare addresses. */
function settleLinks(characters: Character[]): void {
  const address = (text: string) =>
    text
      .toLowerCase()
      .replace(/^(?:https?:\/\/|mailto:)/, '')
      .replace(/\/$/, '');
  for (let start = 0; start < characters.length; start++) {
    const { link } = characters[start];
    if (!link) continue;
    let end = start;
    while (end < characters.length && characters[end].link === link) end++;
    const next = end;
    let from = start;
    while (from < end && isSpace(characters[from].text)) from++;
    while (end > from && isSpace(characters[end - 1].text)) end--;
    const text = characters
      .slice(from, end)
      .map((character) => character.text)
      .join('');
    const keep = text !== '' && address(text) !== address(link);
    for (let k = start; k < next; k++) if (!keep || k < from || k >= end) characters[k].link = '';
    start = next - 1;
  }
}

const LOOKS: readonly Look[] = ['link', 'bold', 'italic', 'code'];

function toNodes(characters: readonly Character[], looks: readonly Look[]): PhrasingContent[] {
  if (looks.length === 0) return toText(characters);
  const [look, ...inner] = looks;
  const nodes: PhrasingContent[] = [];
  for (let start = 0; start < characters.length; ) {
    const value = characters[start][look];
    let end = start + 1;
    while (end < characters.length && characters[end][look] === value) end++;
    const run = characters.slice(start, end);
    start = end;
    if (!value) nodes.push(...toNodes(run, inner));
    else if (look === 'code')
      nodes.push({ type: 'inlineCode', value: run.map((character) => character.text).join('') });
    else if (look === 'link')
      nodes.push({ type: 'link', url: value as string, children: toNodes(run, inner) as never[] });
    else nodes.push({ type: look === 'bold' ? 'strong' : 'emphasis', children: toNodes(run, inner) });
  }
  return nodes;
}

function toText(characters: readonly Character[]): PhrasingContent[] {
  const nodes: PhrasingContent[] = [];
  let text = '';
  const flush = () => {
    if (text) nodes.push({ type: 'text', value: text });
    text = '';
  };
  for (const character of characters) {
    if (character.text === '\n') {
      flush();
      nodes.push({ type: 'break' });
    } else if (character.text.length > 2) {
      flush();
      nodes.push({ type: 'html', value: character.text });
    } else text += character.text;
  }
  flush();
  return nodes;
}

/** Inlines as mdast phrasing content. `plain` leaves emphasis out, for headings that are bold anyway. */
export function toPhrasing(inlines: readonly Inline[], options: { plain?: boolean } = {}): PhrasingContent[] {
  const characters = toCharacters(inlines);
  if (options.plain) for (const character of characters) character.bold = character.italic = false;
  settle(characters, 'bold');
  settle(characters, 'italic');
  settleLinks(characters);
  return toNodes(characters, LOOKS);
}
