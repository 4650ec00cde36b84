import { createMemoryStore } from '#legible/jobs/store/memory.js';
import { testJobStore } from './job-store.js';

testJobStore('memory store', async () => ({ store: createMemoryStore(), remove: async () => {} }));
