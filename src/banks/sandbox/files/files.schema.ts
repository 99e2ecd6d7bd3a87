/** What the file side keeps beside the books, in the bank's own database. */
export const FILES_SCHEMA = `
create table if not exists file_message (
  bank text not null,
  message_id text not null,
  file_name text not null,
  sha256 char(64) not null,
  count int not null,
  total numeric(20,0) not null,
  received_at timestamptz not null,
  done_at timestamptz,
  archived_at timestamptz,
  primary key (bank, message_id)
);
-- An order belongs to one message and one of the accounts that pay, for ever.
create table if not exists file_order (
  bank text not null,
  reference text not null,
  message_id text not null,
  block_id text not null,
  ledger text not null references account,
  position int not null,
  primary key (bank, reference)
);
create index if not exists file_order_of_message on file_order (bank, message_id, position);
-- What is to lie in the folder of reports, as it will lie there.
create table if not exists report (
  id bigint generated always as identity primary key,
  bank text not null,
  name text not null,
  content bytea not null,
  due_at timestamptz not null,
  laid_at timestamptz,
  unique (bank, name)
);
create index if not exists report_waiting on report (due_at, id) where laid_at is null;
create table if not exists list (
  bank text not null,
  list_id text not null,
  file_name text not null,
  received_at timestamptz not null,
  primary key (bank, list_id)
);
create table if not exists list_row (
  bank text not null,
  list_id text not null,
  row_number int not null,
  reference text not null,
  account_number text not null,
  account_name text not null,
  amount text not null,
  refused_for text,
  primary key (bank, list_id, row_number)
);
create index if not exists list_row_of_reference on list_row (bank, reference);
`;
