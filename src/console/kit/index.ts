export { serveAssets } from './assets.js';
export {
  useConsole,
  useNames,
  useText,
  useWords,
  type Say,
  type Text,
  type Viewer,
} from './context.js';
export type { Choice } from './choice.js';
export { Check, Checks, Field, Radios, Select, TextArea } from './fields.js';
export { asWritten, dayField, filterDay, filterMonth } from './day-field.js';
export { NameFilter, PeriodFilter, StateFilter } from './filters.js';
export { FilterBar } from './filter-bar.js';
export { formOf, many, optional, ticked } from './form-schema.js';
export { GiveTo } from './give-to.js';
export { ActionButton, Form, Submit } from './form.js';
export { GUIDE_TOPICS, type GuideTopic } from './guide-link.js';
export { changed, href, ownPath, queryOf } from './href.js';
export { KIND_CHOICES, kindText } from './kind.texts.js';
export { Live } from './live.js';
export { LiveStreams } from './live-streams.js';
export { NAVIGATION } from './navigation.js';
export { Names, type NamesOf } from './names.js';
export { Pages } from './pages.js';
export { PaperHead } from './paper-head.js';
export { nameOf, withNames } from './people-names.js';
export {
  Callout,
  Card,
  Disclosure,
  Empty,
  Equation,
  ExportFoot,
  ExportLinks,
  Facts,
  PrintButton,
  ProgressBar,
  Tabs,
  Timeline,
  type Fact,
  type Term,
  type TimelineEntry,
  type Tone,
} from './parts.js';
export { cursorField, filterChoice, filterPeriod, filterText, ROWS_SHOWN } from './queries.js';
export {
  fragment,
  screen,
  seeOther,
  type Crumb,
  type Fragment,
  type Screen,
  type SeeOther,
} from './screen.js';
export { Sides, type Side } from './sides.js';
export { State, stateChoices, Badge } from './state.js';
export { stateText, type Thing, type StateTone } from './state.texts.js';
export { Pager, Table, type Column } from './table.js';
export { Tick, TickAll } from './ticks.js';
export { Count, Day, formatCount, formatMoney, Moment, Money, None, useAge } from './values.js';
export { LANGUAGE_COOKIE, languageOfCookie, PageLanguage, Viewers } from './viewers.js';
export { PERMISSION_TEXTS, ROLE_TEXTS, SIGNATURE_TEXTS } from './role.texts.js';
export { useFormBesideOthers, type FormBesideOthers } from './form-beside-others.js';
