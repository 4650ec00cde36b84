// Makes the documents of test/corpus and the table in its README.
//
//   npm run corpus [-- NAME…]      all documents, or those whose file name contains one of the NAMEs
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CorpusDocument } from './document.js';
import { digital } from './documents/digital.js';
import { forms } from './documents/forms.js';
import { hostile } from './documents/hostile.js';
import { scans } from './documents/scans.js';

const FOLDER = join(process.cwd(), 'test', 'corpus');
const documents: readonly CorpusDocument[] = [...digital, ...scans, ...forms, ...hostile];
const wanted = process.argv.slice(2);

for (const document of documents) {
  if (wanted.length > 0 && !wanted.some((name) => document.file.includes(name))) continue;
  const bytes = await document.make();
  await writeFile(join(FOLDER, document.file), bytes);
  console.error(`${document.file.padEnd(20)} ${(bytes.length / 1000).toFixed(0).padStart(5)} kB`);
}

const rows = documents.map(({ file, purpose, expected }) => `| \`${file}\` | ${purpose} | ${expected} |`);
const table = ['| file | purpose | expected |', '|---|---|---|', ...rows].join('\n');
const readme = await readFile(join(FOLDER, 'README.md'), 'utf8');
await writeFile(
  join(FOLDER, 'README.md'),
  readme.replace(
    /(<!-- documents -->\n)[\s\S]*(<!-- \/documents -->)/,
    (_, start, end) => `${start}\n${table}\n\n${end}`,
  ),
);
