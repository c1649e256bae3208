-- Who there is: people, their reporting lines, people from outside, accounts and sessions.

create table accounts (
  id text primary key,
  created_at bigint not null
);

create table people (
  organisation_id text not null references organisations (id),
  id text not null,
  account_id text references accounts (id),
  name text not null,
  name_key text not null,            -- folded, to sort and search by
  first_name text not null,
  email text not null,               -- folded; the organisation's address for the person
  account_name text not null,
  employee_number text not null,
  external_id text not null,         -- the id in the organisation's own system
  job_title text not null,
  level text not null,
  department text not null,
  location text not null,
  employment text not null,
  time_zone text not null,
  started_on text,
  administrator boolean not null,
  left_at bigint,                    -- null: is here
  imported text not null,            -- JSON: what the last people file said, by field
  revision bigint not null,
  created_at bigint not null,
  primary key (organisation_id, id)
);
create unique index people_external on people (organisation_id, external_id) where external_id <> '';
create unique index people_email on people (organisation_id, email) where email <> '' and left_at is null;
create unique index people_account on people (organisation_id, account_id) where account_id is not null and left_at is null;
create index people_by_account on people (account_id);
create index people_by_address on people (email);
create index people_by_name on people (organisation_id, name_key, id);

-- A reporting line is a period in which one person had one manager.
create table reporting_lines (
  organisation_id text not null,
  id text not null,
  person_id text not null,
  manager_id text not null,
  began_at bigint not null,
  ended_at bigint,                   -- null: stands
  primary key (organisation_id, id),
  foreign key (organisation_id, person_id) references people (organisation_id, id),
  foreign key (organisation_id, manager_id) references people (organisation_id, id)
);
create unique index one_manager on reporting_lines (organisation_id, person_id) where ended_at is null;
create index lines_of on reporting_lines (organisation_id, person_id);
create index reports on reporting_lines (organisation_id, manager_id) where ended_at is null;

-- Somebody without an account, in the list of one person.
create table contacts (
  organisation_id text not null,
  id text not null,
  owner_id text not null,
  name text not null,
  email text not null,
  about text not null,
  brought_along boolean not null,
  revision bigint not null,
  created_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id)
);
create index contacts_of on contacts (organisation_id, owner_id, name);

-- Earlier texts of a thing, for its owner.
create table revisions (
  organisation_id text not null,
  thing_kind text not null,
  thing_id text not null,
  revision bigint not null,
  owner_id text not null,
  text text not null,                -- JSON by field
  at bigint not null,
  primary key (organisation_id, thing_kind, thing_id, revision),
  foreign key (organisation_id, owner_id) references people (organisation_id, id)
);

-- A secret address that opens one thing, for somebody who does not sign in: to set up an
-- installation, to answer one question.
create table links (
  token_hash text primary key,
  organisation_id text references organisations (id),
  purpose text not null,
  thing_kind text not null,
  thing_id text not null,
  made_by_id text,
  made_at bigint not null,
  expires_at bigint not null,
  used_at bigint,
  revoked_at bigint
);

-- The addresses by which an account signs in; confirmed by a code.
create table addresses (
  address text primary key,          -- folded
  account_id text not null references accounts (id),
  private boolean not null,          -- the person's own, stays when they leave an organisation
  confirmed_at bigint not null
);
create index addresses_of on addresses (account_id);

create table sign_ins (
  id text primary key,
  address text not null,             -- as asked for; whether it exists is not told
  code_hash text not null,           -- empty until the mail is made
  purpose_account_id text,           -- adds the address to this account
  tries bigint not null,
  made_at bigint not null,
  expires_at bigint not null,
  used_at bigint
);
create index sign_ins_by_address on sign_ins (address, made_at);
create index sign_ins_by_age on sign_ins (made_at);

create table sessions (
  token_hash text primary key,
  id text not null unique,           -- names the session in lists
  account_id text not null references accounts (id),
  organisation_id text references organisations (id),
  device text not null,
  made_at bigint not null,
  seen_at bigint not null,
  expires_at bigint not null
);
create index sessions_of on sessions (account_id);

-- The notices by mail that a person does not want.
create table unwanted_notices (
  organisation_id text not null,
  person_id text not null,
  kind text not null,
  primary key (organisation_id, person_id, kind),
  foreign key (organisation_id, person_id) references people (organisation_id, id)
);
