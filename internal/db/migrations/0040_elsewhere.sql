-- Notices in Slack and Teams, beside mail; reminders as kinds of their own. No words of people stand in these tables.

-- Whether people of an organisation may have their notices posted, and to which hosts. Without a row: not.
create table chat_settings (
  organisation_id text primary key references organisations (id),
  allowed boolean not null,
  hosts text not null,               -- one a line
  revision bigint not null,
  changed_at bigint not null
);

-- Where somebody has their notices posted: an address that is a secret. Whoever has it can post there.
create table chat_places (
  organisation_id text not null,
  person_id text not null,
  service text not null,
  host text not null,                -- all of the address that is shown
  sealed bytea not null,             -- the address, closed with the key of the installation
  made_at bigint not null,           -- with this address
  posted_at bigint,                  -- the last that was taken
  failed_at bigint,                  -- the last that was not; null: the last was taken
  failure text not null,             -- how: a kind, no words of the other side
  gone_at bigint,                    -- the address takes nothing any more
  primary key (organisation_id, person_id),
  foreign key (organisation_id, person_id) references people (organisation_id, id),
  check (service in ('slack', 'teams'))
);

-- The kinds of notices that are posted there.
create table chat_kinds (
  organisation_id text not null,
  person_id text not null,
  kind text not null,
  primary key (organisation_id, person_id, kind),
  foreign key (organisation_id, person_id) references people (organisation_id, id)
);

-- Who wanted no reminders wants none of the kinds that they are now.
insert into unwanted_notices (organisation_id, person_id, kind)
  select u.organisation_id, u.person_id, k.kind from unwanted_notices u
  cross join (select 'conversation' as kind union select 'due' union select 'check-in' union select 'waiting' union select 'day') k
  where u.kind = 'reminder';
delete from unwanted_notices where kind = 'reminder';
update jobs set args = replace(args, '"kind":"reminder"', '"kind":"due"') where kind = 'notice' and done_at is null;
