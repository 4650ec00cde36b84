/** What a shell script can tell from `legible`'s exit code; `--help` lists them. */
export const EXIT = {
  ok: { code: 0, meaning: 'everything was read' },
  failed: { code: 1, meaning: 'something failed inside Legible' },
  usage: { code: 2, meaning: 'the command line or a setting is wrong' },
  unread: { code: 3, meaning: 'at least one document could not be read; the others were' },
  incomplete: { code: 4, meaning: 'at least one page could not be read; the rest of its document was' },
  interrupted: { code: 130, meaning: 'interrupted; pages finished by then were written' },
} as const;

export type Exit = keyof typeof EXIT;

/** The worst of several outcomes, in the order of the table. */
export const worst = (exits: readonly Exit[]): Exit => {
  const order: readonly Exit[] = ['interrupted', 'failed', 'usage', 'unread', 'incomplete', 'ok'];
  return order.find((exit) => exits.includes(exit)) ?? 'ok';
};
