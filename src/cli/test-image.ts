/** What the image below says. */
export const TEST_TEXT = 'Legible can read this line and 1,234 numbers.';

/** Two printed lines, 620 x 150 pixels, black on white: enough to see that recognition works. */
const PNG = [
  'iVBORw0KGgoAAAANSUhEUgAAAmwAAACWAQMAAABZzUYwAAAABlBMVEX///8AAABVwtN+AAAACXBIWXMAAAsTAAALEwEAmpwYAAAE',
  'yklEQVRo3u3YPW7bSBQH8DehkdlC0Lh0AIf0EVyqIMQcxUdQSWAFkYILl7nB+iILZAIXucV6jBTbjuGGBmi+/Q8pSpRXYsYJgd2C',
  'D5ZFkdQP4vBxPh7RGGOMMcYYY4wxxhhj/DchCgrswSMZXlHebCdv4YrjnN5weT/Cm18kdEqUHjxH4RVokm5b5otej03zHpgfcarh',
  'il4uJG8ufwunPX9d6sVR3sedgXvXcBd+HP2Io4ajAbjZGzmc1s/l/lxJ6h5WAa7Ex4pWRDE2JoHBDsk4Flzr+tFwnMyF7eECpqRS',
  'OqvwLXxV8pq/PmOjXEYFrIiR7He3NnE5Kq+LJDGy7OHkTZ4uA51xnmKT1M36ziSc08dyHmNHrMBdc6GEMS5RFJso7OFUoG2Mh8yd',
  'iiYPxXptYiRtVKbhe+SjcherCyn0Vc2t7bnq4abBVxOCwzen4GKxFiZGI4WTdArONlwqgw1HNj56R8CF4qHlQmEcRw13YtW7LTeT',
  'LlkabubFmYajHBwyIyRI+OX/5lIfTjScS77DnBmUQwfrw0W85SKuuWzDMRN3OG455NRxLmHTcknNCd5yssNRpn04/NV5B25edwWB',
  'bi+W1HWHS0x7sX3PLP6yYtN2NSfzLTfttB1J68GduOs1e9z2VlDY5YQPN4GxoC6njnDkyxnaPBXkuqaj3MKHi3ZctM+ljts9ZFsu',
  '7uOUa5RNj4I9892tWILrPLPbi533cOdKC642XN3nyrsNNycldQluWXN5myjRUS7jUrJmDkzGhM4X4yl/q+xSamBRhb7S5WzyTS/V',
  '9XeDsbtUeaH46ByFS8F5xrdlBBeb6OuD8oUjS6xVKZ+L6G9Dyf0jZ484mD1x8r2SVd/wc0pX7pnW9SbRJX1qj2h0VgHeT+pPk+03',
  'rvrHM92Oo8NMFYflgsG5fFBO5oO2nRp21r4adBWQFYNyKqcxxhhjjP9nqKMjjzQ/w5lBOcz/3Rjv1odYDE67h36Ww6RNsU64uwL/',
  'Ba50a8d6qTgEF7irFNat+ucDcPJP13z2EtxqAG4Sb7lqoFtBhDKZob8G5cQvcNIt2+ilw+ngD9p8CnRMmBCjBjiL/Ab2pIi+GMkt',
  'Zx2HRHlhaVYRZsTEJRahRZH5/crZUrJV6y73vl6Urk0YMHOONcKD+b2wftxlLNc2FDtO5lNwyGaDskWFtwgrleTZXHlxF+cyx2q2',
  '5QxFdO44WXNYuhgV4IQP+sKPC1HO3HLCiJLOHBfUXIyVssIJsw++c2dw6Y7ToqJZzemWczWlmXgLl7YcZtwqXxzizM9wSEGUhl5x',
  'nx3nOT1VVZdTrvn0a46LGbEfl+xxgMTjQS7za7x072JneD0xVqF7nNsf+TWe3eMWDWdetR24wHpxZo8zh7gbx5H165m6HLLr4hiX',
  '+nNtGiPtLlBm2L8VeCpoJvw46nKnKJVcYrPh7D63OPW+FfOGW04Pchg9ZiJfLH24YgUuCmpuFXFxie654Yp5w4W4qeCsF8dVXchA',
  'mYdzx7mCMTgUPjKWGm+ukmGX4sl4cdntFxQyXgpMKOzccZV7NgQKH9nn+2e+tZml7AGFbu3F/Vb//7Qr51/tHyHRlD0mdPbW4XEy',
  '7KRxYO5sWC4dljPDcmNBYIwxxhhjjDEGi38APKwNRyWRyCkAAAAASUVORK5CYII=',
];

export const testImage = (): Uint8Array => Buffer.from(PNG.join(''), 'base64');
