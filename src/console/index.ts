export { ConsoleModule } from './console.module.js';
export { serveAssets } from './kit/index.js';
