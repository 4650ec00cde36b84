/** Functions that a test calls in threads. */

export const negative = ({ data, width }) => ({ data: data.map((level) => 255 - level), width });

export const refuse = () => {
  throw Object.assign(new Error('too large'), { code: 'ERR_OUT_OF_RANGE' });
};

export const spin = () => {
  for (;;);
};

export const hoard = () => {
  const kept = [];
  for (;;) kept.push(new Array(10_000).fill(0.5));
};
