export { Accounts } from './accounts/accounts.js';
export { LoopbackUploads } from './loopback-uploads.js';
export { createUploads, type RunningServer, type ServeOptions, serveHttp } from './serve.js';
