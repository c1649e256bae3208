-- What happened and what is to be done: no words of people stand in these tables.

create table organisations (
  id text primary key,
  name text not null,
  alone boolean not null,            -- an installation of one person
  time_zone text not null,
  created_at bigint not null
);

create table events (
  organisation_id text not null references organisations (id),
  id text not null,
  at bigint not null,
  kind text not null,
  by_id text,                        -- the person who did it; none when the program did
  thing_kind text not null,
  thing_id text not null,
  facts text not null,               -- JSON: ids, dates and kinds, never words of people
  primary key (organisation_id, id)
);
create index events_of_thing on events (organisation_id, thing_kind, thing_id, id);

create table jobs (
  id text primary key,
  kind text not null,
  key text not null unique,          -- the same work asked for twice is one job
  args text not null,                -- JSON of ids
  run_at bigint not null,
  tries bigint not null,
  claimed_until bigint,
  done_at bigint,
  failed_at bigint                   -- given up
);
create index jobs_due on jobs (run_at) where done_at is null and failed_at is null;

-- A form sent twice is done once.
create table form_keys (
  key text primary key,
  route text not null,
  location text not null,            -- where the first went
  at bigint not null
);
create index form_keys_by_age on form_keys (at);
