export * from './app-config.js';
export * from './load-yaml.js';
export * from './settings.js';
