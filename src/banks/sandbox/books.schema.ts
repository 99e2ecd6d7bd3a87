/**
 * The bank's own tables, in its own database; made when they are not there, so that its books survive its
 * restart. Not part of ChiTra's migrations: ChiTra never sees them.
 */
export const BOOKS_SCHEMA = `
create table if not exists account (
  bank text primary key,
  opening numeric(20,0) not null,
  available numeric(20,0) not null check (available >= 0)
);
create table if not exists payment (
  bank text not null references account,
  reference text not null,
  order_digest char(64) not null,
  amount numeric(20,0) not null check (amount > 0),
  bank_bin text not null,
  account_number text not null,
  narrative text not null,
  bank_reference text not null unique,
  status text not null,
  reason_code text,
  sequence int not null,
  changed_at timestamptz not null,
  received_at timestamptz not null,
  primary key (bank, reference)
);
-- One booking and one return per reference: double booking is impossible, whatever the program does.
create table if not exists entry (
  entry_id bigint generated always as identity primary key,
  bank text not null,
  reference text not null,
  kind text not null check (kind in ('payment', 'return')),
  amount numeric(20,0) not null,
  booked_at timestamptz not null,
  return_reason text,
  unique (bank, reference, kind)
);
-- What will happen to a payment and what did; told by notice when notice_at is set.
create table if not exists change (
  bank text not null,
  reference text not null,
  sequence int not null,
  status text not null,
  reason_code text,
  due_at timestamptz not null,
  applied_at timestamptz,
  notice_at timestamptz,
  notice_copies int not null,
  notice_id uuid,
  primary key (bank, reference, sequence)
);
create index if not exists change_due on change (due_at) where applied_at is null;
create index if not exists change_to_tell on change (notice_at) where notice_id is null and notice_at is not null;
create table if not exists arrival (
  bank text not null,
  reference text not null,
  times int not null,
  primary key (bank, reference)
);
create table if not exists notice (
  id uuid primary key,
  bank text not null,
  body text not null,
  copies_left int not null,
  attempts int not null default 0,
  made_at timestamptz not null,
  next_at timestamptz not null,
  delivered_at timestamptz
);
create index if not exists notice_waiting on notice (next_at) where delivered_at is null;
create table if not exists account_name (
  bank_bin text not null,
  account_number text not null,
  name text not null,
  primary key (bank_bin, account_number)
);
`;
