export * from './actor.js';
export { CurrentActor, Requires } from './http/requires.decorator.js';
export * from './identity.module.js';
export * from './roles.js';
export * from './signatory.read.js';
export { Public } from '../platform/http/index.js';
