import type { PhrasingContent } from 'mdast';
import type { Handle, Options, State, Unsafe } from 'mdast-util-to-markdown';

/**
 * Escapes only where CommonMark or GFM would read markup. The stock patterns of
 * mdast-util-to-markdown escape each character that *could* take part in markup (`[1]` becomes `\[1]`);
 * the writer never emits definitions, and a lone `*` cannot open emphasis before a space, so the
 * patterns below are narrower. A property test proves that the text reads back unchanged.
 */

/**
 * `character` where `condition` (a look-around at the place before it) holds. Stated from both sides
 * since the serializer drops one-sided escapes beside other escapes.
 */
const where = (character: string, condition: string): Unsafe[] => [
  { character, before: condition, unicode: true },
  { character, after: `(?<=${condition}[${character}])`, unicode: true },
];

const NARROW: readonly Unsafe[] = [
  { atBreak: true, character: '*', after: '(?:[ \\t]|[* \\t]*(?:[\\r\\n]|$))' },
  { atBreak: true, character: '_', after: '[_ \\t]*(?:[\\r\\n]|$)' },
  // Definitions, footnote definitions and check boxes at the start of a block.
  { atBreak: true, character: '[', after: '(?:[^\\]]*\\]:|[ xX]\\])' },
  { character: '&', after: '(?=#?[0-9A-Za-z]{1,31};)' },
  // A tag or autolink needs its closing bracket; an HTML block does not.
  { character: '<', after: '(?=[!/?A-Za-z][^]*>)' },
  { atBreak: true, character: '<', after: '[!/?A-Za-z]' },
  { atBreak: true, character: '#', after: '#{0,5}(?:[ \\t\\r\\n]|$)' },
  { atBreak: true, character: '~', after: '~~' },
  // Only a delimiter row makes a table.
  { atBreak: true, character: '|', after: '[\\t ]*:?-' },
];

/** A run of asterisks opens emphasis only before something that is not white space; of underscores only there and not inside a word. */
const OPENING: readonly Unsafe[] = [
  ...where('*', '(?=\\*+[^\\s*])'),
  ...where('_', '(?<![\\p{L}\\p{N}]_*)(?=_+[^\\s_])'),
];
/** The same in text that stands alone in its block, where a run must also come that can close the emphasis: addresses keep their underscores. */
const OPENING_ALONE: readonly Unsafe[] = [
  ...where('*', '(?=\\*+[^\\s*](?:[^]*[^\\s])?\\*)'),
  ...where('_', '(?<![\\p{L}\\p{N}]_*)(?=_+[^\\s_](?:[^]*[^\\s])?_+(?:[\\s\\p{P}\\p{S}]|$))'),
];

/** GFM strikes out between runs of tildes; without one that can close there is nothing to strike. */
const STRIKE: Unsafe[] = ['(?<=[\\p{L}\\p{N}])', '(?<=[^\\s~]~*)(?=~+(?:[\\s\\p{P}\\p{S}]|$))'].flatMap(
  (condition) =>
    where('~', condition).map((pattern) => ({
      ...pattern,
      notInConstruct: ['autolink', 'destinationLiteral', 'destinationRaw'],
    })),
);

/** Stock patterns that NARROW replaces: the same characters, in running text or at the start of a line. */
const isReplaced = (pattern: Unsafe): boolean =>
  '*_[&<#~=!|'.includes(pattern.character) &&
  (pattern.atBreak === true || [pattern.inConstruct].flat().includes('phrasing'));

interface Patterns {
  readonly among: Unsafe[];
  readonly alone: Unsafe[];
}
const narrowed = new WeakMap<State, Patterns>();

function narrowPatterns(state: State): Patterns {
  let patterns = narrowed.get(state);
  if (!patterns) {
    const kept = [...state.unsafe.filter((pattern) => !isReplaced(pattern)), ...NARROW];
    patterns = { among: [...kept, ...OPENING], alone: [...kept, ...OPENING_ALONE] };
    narrowed.set(state, patterns);
  }
  return patterns;
}

const isAttention = (node: PhrasingContent): boolean => node.type === 'strong' || node.type === 'emphasis';

/** Text beside or inside emphasis keeps the stock patterns: its own markers could pair with ours. */
const text: Handle = (node, parent, state, info) => {
  const siblings = (parent?.children ?? []) as PhrasingContent[];
  const index = siblings.indexOf(node);
  const careful =
    siblings.some(isAttention) || state.stack.includes('emphasis') || state.stack.includes('strong');
  const { among, alone } = narrowPatterns(state);
  const scope: State = careful ? state : { ...state, unsafe: siblings.length > 1 ? among : alone };
  return scope.safe(node.value, { ...info, beforeNode: siblings[index - 1], afterNode: siblings[index + 1] });
};

/** Two spaces and a line feed: the backslash form confuses readers that take Markdown as text. */
const lineBreak: Handle = (_node, _parent, state) =>
  state.stack.includes('tableCell') ? '<br>' : state.stack.includes('headingAtx') ? ' ' : '  \n';

export const sparingEscapes: Options = { handlers: { text, break: lineBreak }, unsafe: STRIKE };
