export * from './sheet.js';
export * from './spreadsheet.errors.js';
export * from './open-spreadsheet.js';
