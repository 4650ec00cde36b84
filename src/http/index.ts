export { Accounts } from './accounts/accounts.js';
export { LoopbackUploads } from './loopback-uploads.js';
export { serveHttp } from './serve.js';
