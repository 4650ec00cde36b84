// Prints "N passed, N failed" from vitest's JSON report; a failed step or an empty report counts as a failure.
//
//   node summary.mjs REPORT FAILED_STEPS
import { readFileSync } from 'node:fs';

const [report, failedSteps] = process.argv.slice(2);

function testCounts() {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
    // A file that fails to load has no tests of its own in the report.
    const broken = testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    );
    return { passed: numPassedTests, failed: numFailedTests + broken.length };
  } catch {
    return { passed: 0, failed: 0 };
  }
}

const { passed, failed: failedTests } = testCounts();
// The step that runs the tests fails along with them: it is not counted twice.
const otherSteps = Math.max(0, Number(failedSteps) - (failedTests > 0 ? 1 : 0));
const nothingRan = passed + failedTests + otherSteps === 0 ? 1 : 0;
const failed = failedTests + otherSteps + nothingRan;
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
