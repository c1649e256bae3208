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
