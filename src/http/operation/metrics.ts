import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { JobService } from '../../jobs/api.js';
import type { PageTotal } from '../../jobs/pace.js';

/** Prometheus metrics of one server. */
export interface Metrics {
  readonly registry: Registry;
  request(route: string, method: string, status: number, seconds: number): void;
  error(code: string): void;
}

/** From a cached answer to a synchronous call of five minutes. */
const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

export function createMetrics(jobs: JobService): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'legible_http_request_seconds',
    help: 'Time from request to response.',
    labelNames: ['route', 'method', 'status'],
    buckets: REQUEST_BUCKETS,
    registers: [registry],
  });
  const errors = new Counter({
    name: 'legible_errors_total',
    help: 'Errors answered, by code.',
    labelNames: ['code'],
    registers: [registry],
  });

  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(value());
      },
    });
  const counter = (name: string, help: string, value: () => number) =>
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(value());
      },
    });
  gauge('legible_queue_depth', 'Jobs that wait.', () => jobs.stats().queued);
  gauge('legible_jobs_processing', 'Jobs that are worked on.', () => jobs.stats().processing);
  counter(
    'legible_jobs_processed_total',
    'Jobs that reached a final status.',
    () => jobs.stats().jobsProcessed,
  );
  counter('legible_pages_processed_total', 'Pages finished.', () => jobs.stats().pagesProcessed);
  gauge('legible_page_seconds', 'Recent mean time for one page.', () => jobs.stats().secondsPerPage);
  bySource(registry, 'legible_source_pages_total', 'Pages finished, by source.', jobs, ({ pages }) => pages);
  bySource(
    registry,
    'legible_source_page_seconds_total',
    'Seconds spent on finished pages, by source.',
    jobs,
    ({ seconds }) => seconds,
  );

  return {
    registry,
    request: (route, method, status, seconds) => requests.observe({ route, method, status }, seconds),
    error: (code) => errors.inc({ code }),
  };
}

/** A counter with the label `source` that is read from the jobs when it is asked for. */
function bySource(
  registry: Registry,
  name: string,
  help: string,
  jobs: JobService,
  value: (total: PageTotal) => number,
): void {
  new Counter({
    name,
    help,
    labelNames: ['source'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [source, total] of jobs.stats().pagesBySource) this.inc({ source }, value(total));
    },
  });
}
