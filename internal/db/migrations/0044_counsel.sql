-- Counsel: what somebody advised, and what its owner decided about it. Private to the owner until they
-- show it, thing by thing.

create table counsels (
  organisation_id text not null,
  id text not null,
  owner_id text not null,
  by_person_id text,                 -- who advised: a person, or a contact of the owner; else the name
  by_contact_id text,
  by_name text not null,
  given_on text not null,
  words text not null,
  choice text not null,              -- '', followed, adapted, set aside
  why text not null,
  came text not null,                -- what came of it
  origin_kind text not null,
  origin_id text,
  revision bigint not null,
  created_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id),
  foreign key (organisation_id, by_person_id) references people (organisation_id, id),
  foreign key (organisation_id, by_contact_id) references contacts (organisation_id, id),
  check (by_person_id is null or by_contact_id is null),
  check (choice in ('', 'followed', 'adapted', 'set aside'))
);
create index counsels_of on counsels (organisation_id, owner_id, id);
create index counsels_from on counsels (organisation_id, origin_id) where origin_id is not null;
create index counsels_by on counsels (organisation_id, by_person_id) where by_person_id is not null;
create index counsels_by_contact on counsels (organisation_id, by_contact_id) where by_contact_id is not null;

-- What counsel is about: goals and asks of its owner.
create table counsel_things (
  organisation_id text not null,
  counsel_id text not null,
  thing_kind text not null,          -- goal, ask
  thing_id text not null,
  primary key (organisation_id, counsel_id, thing_kind, thing_id),
  foreign key (organisation_id, counsel_id) references counsels (organisation_id, id),
  check (thing_kind in ('goal', 'ask'))
);
create index counsel_on on counsel_things (organisation_id, thing_kind, thing_id);

-- The people who matter for one's growth, inside and outside: a private list.
create table relationships (
  organisation_id text not null,
  id text not null,
  owner_id text not null,
  person_id text,
  contact_id text,
  connects text not null,            -- what connects the two
  gives text not null,               -- what the owner can give
  last_on text,                      -- the last exchange that the owner noted; the others are found among what happened
  next_on text,                      -- the next, where the owner wants one
  next_words text not null,
  left_out boolean not null,         -- not on the list, and never suggested again
  revision bigint not null,
  created_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id),
  foreign key (organisation_id, person_id) references people (organisation_id, id),
  foreign key (organisation_id, contact_id) references contacts (organisation_id, id),
  check ((person_id is null) <> (contact_id is null)),
  check (person_id is null or person_id <> owner_id)
);
create index relationships_of on relationships (organisation_id, owner_id, id);
create unique index relationship_with_person on relationships (organisation_id, owner_id, person_id) where person_id is not null;
create unique index relationship_with_contact on relationships (organisation_id, owner_id, contact_id) where contact_id is not null;
create index relationships_next on relationships (organisation_id, owner_id, next_on);
create index relationships_person on relationships (organisation_id, person_id) where person_id is not null;
create index relationships_contact on relationships (organisation_id, contact_id) where contact_id is not null;
