export * from './amount-in-words.js';
export * from './clock.js';
export * from './errors.js';
export * from './ids.js';
export * from './lifecycle.js';
export * from './money.js';
export * from './period.js';
export * from './text.js';
