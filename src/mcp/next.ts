/** A call as the last line of an answer names it: tool and arguments, ready to be made. */
export function call(tool: string, args: Readonly<Record<string, unknown>>): string {
  const given = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
  return `${tool} ${JSON.stringify(given)}`;
}

/** Hosts end calls after 60 s or so; a long poll stays below. */
export const POLL_SECONDS = 45;

export const pollCall = (jobId: string): string =>
  call('get_job_status', { job_id: jobId, wait_seconds: POLL_SECONDS });
