export { ConsoleModule } from './console.module.js';
export { Names, serveAssets, stateText, type NamesOf } from './kit/index.js';
