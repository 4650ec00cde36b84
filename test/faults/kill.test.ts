import { describe, expect, it } from 'vitest';
import { soak } from '../../bench/soak/soak.js';

describe('servers that are killed at work', () => {
  it('lose nothing, do nothing twice and mix nothing up', async () => {
    const report = await soak({ seconds: 9, kills: 3, seed: 3, ocr: false, callers: 2 });
    const { lost, stuck, wrong, twice, escaped, crashed } = report;
    expect({ lost, stuck, wrong, twice, escaped, crashed }).toEqual({
      lost: [],
      stuck: [],
      wrong: [],
      twice: [],
      escaped: [],
      crashed: [],
    });
    expect(report.restarts).toBe(3);
    expect(report.pages).toBeGreaterThan(20);
  }, 240_000);
});
