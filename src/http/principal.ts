import { LOCAL_OWNER } from '../jobs/job.js';

/** Who a request acts for. */
export interface Principal {
  /** Owner of the jobs it makes; jobs of other owners do not exist for it. */
  readonly id: string;
  /** The address behind the key, for the operator's log; never a secret. */
  readonly label: string;
}

/** Everyone, where authentication is off. */
export const LOCAL_PRINCIPAL: Principal = { id: LOCAL_OWNER, label: LOCAL_OWNER };

/** Decides who a request acts for. */
export interface Authenticator {
  /** `token` is what `Authorization: Bearer` or `X-API-Key` carried. Rejects with `unauthorized`. */
  authenticate(token: string | undefined): Promise<Principal>;
}

/** The value of `Authorization: Bearer …`, else of `X-API-Key`. */
export function presentedToken(headers: Headers): string | undefined {
  const bearer = /^Bearer\s+(\S+)\s*$/i.exec(headers.get('authorization') ?? '');
  return bearer?.[1] ?? headers.get('x-api-key') ?? undefined;
}
