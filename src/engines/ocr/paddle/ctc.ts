/** A word of a text line; positions as shares of the line's width. */
export interface LineWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** 0–1: product of the characters' probabilities, each counted once. */
  readonly probability: number;
}

/**
 * The model drops most spaces between Latin words, but gives them a small probability where they belong:
 * above this a space is set. Measured: 0.03–0.1 equally good, 0.3 and 0.003 clearly worse.
 */
const SPACE_PROBABILITY = 0.06;
/** Characters from here on (CJK) are set without spaces. */
const FIRST_UNSPACED = '\u2e80';
const BLANK = 0;

interface Emission {
  readonly character: string;
  readonly step: number;
  readonly probability: number;
  /** A space was seen between this character and the one before. */
  readonly spaced: boolean;
}

/**
 * Words of one line from the class probabilities of its time steps (steps × classes, row-major), by greedy
 * CTC decoding. `characters` are the classes: blank first, space last. `used` is the share of the steps
 * that show the line; the rest is padding.
 */
export function decodeLine(
  probabilities: Float32Array,
  steps: number,
  characters: readonly string[],
  used = 1,
): LineWord[] {
  return toWords(emissions(probabilities, steps, characters), steps * used);
}

function emissions(probabilities: Float32Array, steps: number, characters: readonly string[]): Emission[] {
  const classes = characters.length;
  const space = classes - 1;
  const found: Emission[] = [];
  let previous = BLANK;
  let spaceProbability = 0;
  for (let step = 0; step < steps; step++) {
    const offset = step * classes;
    let best = BLANK;
    for (let k = 1; k < classes; k++) if (probabilities[offset + k] > probabilities[offset + best]) best = k;
    spaceProbability = Math.max(spaceProbability, probabilities[offset + space]);
    if (best !== BLANK && best !== previous && best !== space) {
      const character = characters[best];
      const before = found.at(-1)?.character ?? '';
      const isLatin = character < FIRST_UNSPACED && before < FIRST_UNSPACED;
      const spaced = isLatin && spaceProbability > SPACE_PROBABILITY;
      found.push({ character, step, probability: probabilities[offset + best], spaced });
      spaceProbability = 0;
    }
    previous = best;
  }
  return found;
}

function toWords(found: readonly Emission[], steps: number): LineWord[] {
  const words: LineWord[] = [];
  let start = 0;
  for (let i = 1; i <= found.length; i++) {
    if (i < found.length && !found[i].spaced) continue;
    const word = found.slice(start, i);
    // A character is seen around the step that emits it: a word reaches half-way to its neighbours.
    const before = start > 0 ? found[start - 1].step : -1;
    const after = i < found.length ? found[i].step : steps;
    const left = Math.max(word[0].step - 0.5, (before + word[0].step + 1) / 2);
    const right = Math.min(word[word.length - 1].step + 1.5, (word[word.length - 1].step + after + 1) / 2);
    words.push({
      text: word.map((emission) => emission.character).join(''),
      start: Math.max(0, left / steps),
      end: Math.min(1, right / steps),
      probability: word.reduce((product, emission) => product * emission.probability, 1),
    });
    start = i;
  }
  return words;
}
