export { Accounts } from './accounts/accounts.js';
export { LoopbackUploads } from './loopback-uploads.js';
export { type RunningServer, type ServeOptions, serveHttp } from './serve.js';
