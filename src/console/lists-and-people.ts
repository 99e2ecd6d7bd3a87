import { PeopleExports } from './beneficiaries/people-export.controller.js';
import { PeoplePages } from './beneficiaries/people.controller.js';
import { PersonActs } from './beneficiaries/person.controller.js';
import { EntitlementExports } from './entitlements/entitlement-export.controller.js';
import { EntitlementPages } from './entitlements/entitlement.controller.js';
import { ImportCellPages } from './imports/import-cells.controller.js';
import { ImportListPages } from './imports/import-list.controller.js';
import { ImportPages } from './imports/import.controller.js';

/** What comes in, what it makes people be owed, and the people. `/imports/new` is asked before `/imports/:id`. */
export const LISTS_AND_PEOPLE = [
  ImportListPages,
  ImportPages,
  ImportCellPages,
  EntitlementExports,
  EntitlementPages,
  PeopleExports,
  PeoplePages,
  PersonActs,
];
