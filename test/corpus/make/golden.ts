// Reads the test documents with the built product and rewrites golden/*.md, to be reviewed as a diff.
//
//   npm run golden [-- NAME…]      all documents, or those whose file name contains one of the NAMEs
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXPECTATIONS } from '../expectations.js';
import { openReader } from './read.js';

const folder = join(process.cwd(), 'test', 'corpus');
const wanted = process.argv.slice(2);
const reader = await openReader(folder);
mkdirSync(join(folder, 'golden'), { recursive: true });
for (const expectation of EXPECTATIONS) {
  if (wanted.length > 0 && !wanted.some((name) => expectation.file.includes(name))) continue;
  writeFileSync(join(folder, 'golden', `${expectation.file}.md`), await reader.read(expectation));
  console.error(expectation.file);
}
await reader.close();
