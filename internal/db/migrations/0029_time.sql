-- What is known of people's time, for laying out conversations: hours, holidays, calendars.

-- A list of holidays that was brought in from a file.
create table holiday_lists (
  organisation_id text not null references organisations (id),
  id text not null,
  name text not null,
  name_key text not null,            -- folded
  made_at bigint not null,
  primary key (organisation_id, id)
);
create unique index holiday_lists_by_name on holiday_lists (organisation_id, name_key);

create table holiday_list_days (
  organisation_id text not null,
  list_id text not null,
  day text not null,
  name text not null,
  primary key (organisation_id, list_id, day),
  foreign key (organisation_id, list_id) references holiday_lists (organisation_id, id)
);

-- Which holidays the organisation has, at an office or where nothing else is said.
create table office_holidays (
  organisation_id text not null references organisations (id),
  office text not null,              -- folded, as people have it for their location; empty: everywhere else
  name text not null,
  place text not null,               -- a country or a region by its code; empty: a list, or none
  list_id text,
  primary key (organisation_id, office),
  foreign key (organisation_id, list_id) references holiday_lists (organisation_id, id),
  check (list_id is null or place = '')
);

-- What a person says of their own time.
create table work_times (
  organisation_id text not null,
  person_id text not null,
  hours text not null,               -- JSON: for each weekday from Sunday, parts of the day in minutes; empty: the usual
  contracted_hours bigint not null,  -- a year; 0: not said
  holidays text not null,            -- whose
  place text not null,
  list_id text,
  primary key (organisation_id, person_id),
  foreign key (organisation_id, person_id) references people (organisation_id, id),
  foreign key (organisation_id, list_id) references holiday_lists (organisation_id, id),
  check (holidays in ('organisation', 'own', 'none')),
  check (list_id is null or place = ''),
  check ((holidays = 'own') = (place <> '' or list_id is not null))
);

-- A calendar that a person keeps elsewhere: of it, nothing but busy times is kept.
create table calendars (
  organisation_id text not null,
  id text not null,
  person_id text not null,
  kind text not null,
  address text not null,
  user_name text not null,
  password bytea,                    -- sealed with the key of the installation
  etag text not null,                -- of what was read last
  busy bytea not null,               -- times from and to, nothing else
  busy_from bigint,                  -- for which time it was read
  busy_to bigint,
  times bigint not null,             -- how many busy times those are
  set_aside bigint not null,         -- entries that could not be read
  read_at bigint,                    -- null: not yet
  tried_at bigint,
  failed_since bigint,               -- null: the last time went well
  failure text not null,             -- why, as a kind
  created_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, person_id) references people (organisation_id, id),
  check (kind in ('address', 'caldav'))
);
create index calendars_of on calendars (organisation_id, person_id);
