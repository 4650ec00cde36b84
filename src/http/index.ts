export { Accounts } from './accounts/accounts.js';
export { createUploads, type RunningServer, type ServeOptions, serveHttp } from './serve.js';
