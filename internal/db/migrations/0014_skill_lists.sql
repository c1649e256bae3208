-- The organisation's list of skills to choose from, with the other names of each.

create table skill_entries (
  organisation_id text not null references organisations (id),
  id text not null,
  name text not null,
  description text not null,
  source text not null,              -- the id that it has where the list comes from
  revision bigint not null,
  created_at bigint not null,
  primary key (organisation_id, id)
);
create index skill_entries_by_source on skill_entries (organisation_id, source) where source <> '';

-- What an entry is called: position 0 is its name, the others are its other names.
create table skill_names (
  organisation_id text not null,
  entry_id text not null,
  position bigint not null,
  name text not null,
  name_key text not null,            -- folded
  primary key (organisation_id, entry_id, position),
  foreign key (organisation_id, entry_id) references skill_entries (organisation_id, id)
);
create unique index one_skill_of_a_name on skill_names (organisation_id, name_key) where position = 0;
create index skill_names_by_key on skill_names (organisation_id, name_key);

-- What is searched as one types: a name from each of its words on, folded. Bytes, so that both
-- engines have them in one order.
create table skill_words (
  organisation_id text not null,
  entry_id text not null,
  words bytea not null,
  place bigint not null,             -- 0 the name, 1 another name, 2 and 3 from a later word of it on
  position bigint not null,          -- of the name
  primary key (organisation_id, entry_id, words),
  foreign key (organisation_id, entry_id) references skill_entries (organisation_id, id)
);
create index skill_words_by_place on skill_words (organisation_id, place, words, entry_id, position);

-- A list between its preview and its import; it is removed with either, and after a day.
create table skill_files (
  organisation_id text not null,
  id text not null,
  by_id text not null,               -- who sent it, and alone sees it
  name text not null,
  content bytea not null,
  columns text not null,             -- JSON: the columns that were chosen by hand, by field
  made_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, by_id) references people (organisation_id, id)
);
create index skill_files_by_age on skill_files (made_at);

-- A role outside of the organisation that a person looks at, as they wrote it: theirs alone.
create table outside_roles (
  organisation_id text not null,
  id text not null,
  owner_id text not null,
  name text not null,
  about text not null,
  revision bigint not null,
  created_at bigint not null,
  changed_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id)
);
create index outside_roles_of on outside_roles (organisation_id, owner_id, id);

create table outside_asks (
  organisation_id text not null,
  role_id text not null,
  owner_id text not null,
  position bigint not null,
  skill text not null,
  asked bigint not null check (asked between 0 and 5),
  primary key (organisation_id, role_id, position),
  foreign key (organisation_id, role_id) references outside_roles (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id)
);
create index outside_asks_of on outside_asks (organisation_id, owner_id);

-- Who may be asked about the role they have, because they said so.
create table role_offers (
  organisation_id text not null,
  person_id text not null,
  offered_at bigint not null,
  primary key (organisation_id, person_id),
  foreign key (organisation_id, person_id) references people (organisation_id, id)
);
create index role_offers_by_time on role_offers (organisation_id, offered_at, person_id);

-- How somebody sees one skill of a person, who asked them: a colleague, or by a link somebody without an account. It
-- stands beside what the person says of themselves.
create table skill_views (
  organisation_id text not null,
  id text not null,
  owner_id text not null,            -- who asks, and whose skill it is
  skill_id text,                     -- null: the skill is no longer in the plan
  skill text not null,               -- as it was asked about
  person_id text,                    -- a colleague; null: asked by a link, or brought along
  name text not null,                -- of who was asked by a link: as the owner wrote it
  note text not null,                -- what the owner wrote with it
  asked_at bigint not null,
  expires_at bigint not null,
  ended_at bigint,                   -- taken back, or set aside by who was asked
  level bigint not null check (level between -1 and 5), -- -1: not said
  words text not null,
  answered_at bigint,
  by_link boolean not null,
  brought_along boolean not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id),
  foreign key (organisation_id, person_id) references people (organisation_id, id)
);
create index skill_views_of on skill_views (organisation_id, owner_id, id);
create index skill_views_about on skill_views (organisation_id, skill_id) where skill_id is not null;
create index skill_views_asked on skill_views (organisation_id, person_id, id) where person_id is not null;
