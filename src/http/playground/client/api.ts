/** Talks to the server's own REST endpoints, with the key where one is needed. */

export interface JobSummary {
  job_id: string;
  status: 'queued' | 'processing' | 'done' | 'error';
  filename: string;
  page_count: number;
  pages_completed: number;
  created_at: string;
  elapsed: number | null;
  error: string | null;
  error_code: string | null;
}

export interface WordJson {
  text: string;
  box: [number, number, number, number];
  confidence: number;
  doubtful?: true;
}

export interface InlineJson {
  text: string;
  bold?: true;
  italic?: true;
  code?: true;
  superscript?: true;
  subscript?: true;
  link?: string;
}

export interface ItemJson {
  marker: string;
  text: string;
  inlines?: InlineJson[];
  box: WordJson['box'];
  checked?: boolean;
  children?: ItemJson[];
}

export interface CellJson {
  row: number;
  rowspan?: number;
  colspan?: number;
  header?: true;
  text: string;
  inlines?: InlineJson[];
  box: WordJson['box'];
}

export interface BlockJson {
  type: 'heading' | 'paragraph' | 'list' | 'table' | 'figure' | 'formula' | 'code' | 'furniture';
  text: string;
  inlines?: InlineJson[];
  box: WordJson['box'];
  role?: string;
  level?: number;
  items?: ItemJson[];
  cells?: CellJson[];
  caption?: string;
  lines: { words: WordJson[] }[];
}

export interface PageJson {
  page: number;
  width: number;
  height: number;
  source: string;
  reason: string;
  confidence: number | null;
  language: string;
  engines: string[];
  preparation: string[];
  doubtful_words: number;
  warnings: { code: string; message: string }[];
  error?: { message: string; hint: string };
  blocks: BlockJson[];
}

export interface DocumentJson {
  page_count: number;
  pages: PageJson[];
}

/** What the server said instead of a result; `status` 401 asks for a key. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const KEY_SLOT = 'legible-key';
export const savedKey = (): string => sessionStorage.getItem(KEY_SLOT) ?? '';
export const saveKey = (key: string): void => sessionStorage.setItem(KEY_SLOT, key);

export async function call(path: string, options: RequestInit = {}): Promise<Response> {
  const headers = new Headers(options.headers);
  if (savedKey()) headers.set('Authorization', `Bearer ${savedKey()}`);
  const response = await fetch(path, { ...options, headers });
  if (response.ok) return response;
  const body = await response.json().catch(() => undefined);
  throw new ApiProblem(response.status, body?.detail ?? `The server answered ${response.status}.`);
}

export const json = async <T>(path: string, options?: RequestInit): Promise<T> =>
  (await call(path, options)).json() as Promise<T>;

export const job = (id: string): string => `/api/jobs/${encodeURIComponent(id)}`;
