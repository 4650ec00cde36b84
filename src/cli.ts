#!/usr/bin/env node
// First, so that it holds for everything loaded after it.
import './cli/compile-later.js';
import { run } from './cli/run.js';

process.exitCode = await run(process.argv.slice(2));
