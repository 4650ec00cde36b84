import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { documentsBelow, fuzz } from '../../bench/fuzz/fuzz.js';

it('mutated documents cost themselves only: no crash, no hang, a reason each time', async () => {
  const files = documentsBelow([fileURLToPath(new URL('../corpus', import.meta.url))]);
  const quick = files.filter((path) => path.endsWith('.pdf') && !/scan|rotated|mixed|font/.test(path));
  const { cases, crashes, hangs, silent, escaped } = await fuzz({ files: quick, count: 25, seed: 20_000 });
  expect({ crashes, hangs, silent, escaped }).toEqual({ crashes: [], hangs: [], silent: [], escaped: [] });
  expect(cases).toBe(25);
}, 240_000);
