import type { Tool } from '../tool.js';
import { cancelJob } from './cancel-job.js';
import { deleteJob } from './delete-job.js';
import { extractDocument } from './extract-document.js';
import { getJobStatus } from './get-job-status.js';
import { getResult } from './get-result.js';
import { listJobs } from './list-jobs.js';
import { searchResult } from './search-result.js';
import { viewPage } from './view-page.js';

/** In the order in which an agent meets them. */
export const TOOLS: readonly Tool[] = [
  extractDocument,
  getJobStatus,
  getResult,
  listJobs,
  cancelJob,
  deleteJob,
  searchResult,
  viewPage,
];
