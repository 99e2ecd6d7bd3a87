#!/bin/sh
# Runs once, when the database volume is new: the sandbox bank's own database and its own account,
# so that neither side can read the other's books.
set -eu
psql --set=ON_ERROR_STOP=1 --set=password="$SANDBOX_DATABASE_PASSWORD" \
  --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
create role sandbox_bank login password :'password';
create database sandbox_bank owner sandbox_bank;
revoke connect on database sandbox_bank from public;
revoke connect on database chitra from public;
SQL
