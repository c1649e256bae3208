-- What people promised each other. The words stand here and in the history, nowhere else.

create table commitments (
  organisation_id text not null references organisations (id),
  id text not null,
  by_person_id text,                 -- who promised: a person, or a contact of the keeper
  by_contact_id text,
  to_person_id text,                 -- who receives
  to_contact_id text,
  keeper_id text,                    -- keeps both sides, where one is a contact
  written_by_id text not null,
  words text not null,
  due text not null,
  check_in text not null,
  state text not null,
  agreed_at bigint,                  -- null: the one who would promise has not said yes
  said_done_at bigint,
  differs_at bigint,                 -- the receiver sees it otherwise: to be talked about
  settled_at bigint,
  origin_kind text not null,
  origin_id text,
  replaces_id text,                  -- the promise that ends when this one is taken over
  brought_along boolean not null,    -- a record from another installation: nothing can be done with it
  created_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, by_person_id) references people (organisation_id, id),
  foreign key (organisation_id, by_contact_id) references contacts (organisation_id, id),
  foreign key (organisation_id, to_person_id) references people (organisation_id, id),
  foreign key (organisation_id, to_contact_id) references contacts (organisation_id, id),
  foreign key (organisation_id, keeper_id) references people (organisation_id, id),
  foreign key (organisation_id, written_by_id) references people (organisation_id, id),
  foreign key (organisation_id, replaces_id) references commitments (organisation_id, id),
  check ((by_person_id is null) <> (by_contact_id is null)),
  check ((to_person_id is null) <> (to_contact_id is null)),
  check (keeper_id is not null or (by_contact_id is null and to_contact_id is null)),
  check (check_in >= due),
  check (state in ('proposed', 'open', 'kept', 'broken', 'released', 'declined')),
  check ((settled_at is null) = (state in ('proposed', 'open'))),
  check (state not in ('open', 'kept', 'broken') or agreed_at is not null),
  check (state not in ('proposed', 'declined') or agreed_at is null)
);
create index promises_by on commitments (organisation_id, by_person_id, due, id) where settled_at is null;
create index promises_to on commitments (organisation_id, to_person_id, due, id) where settled_at is null;
create index settled_by on commitments (organisation_id, by_person_id, settled_at, id) where settled_at is not null;
create index settled_to on commitments (organisation_id, to_person_id, settled_at, id) where settled_at is not null;
create index promises_written on commitments (organisation_id, written_by_id, id) where agreed_at is null;
create index promises_from on commitments (organisation_id, origin_kind, origin_id, id);
create index promises_replacing on commitments (organisation_id, replaces_id);

-- A proposed change, with what stood before: it counts when the other side agrees.
create table commitment_changes (
  organisation_id text not null,
  id text not null,
  commitment_id text not null,
  by_id text,                        -- who proposed it; null: the contact
  at bigint not null,
  words text not null,
  due text not null,
  check_in text not null,
  owner_id text,                     -- who would promise instead; null: the same
  note text not null,
  was_words text not null,
  was_due text not null,
  was_check_in text not null,
  state text not null,
  answered_at bigint,
  primary key (organisation_id, id),
  foreign key (organisation_id, commitment_id) references commitments (organisation_id, id),
  foreign key (organisation_id, by_id) references people (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id),
  check (check_in >= due),
  check (state in ('waiting', 'agreed', 'declined', 'withdrawn', 'lapsed')),
  check ((answered_at is null) = (state = 'waiting'))
);
create unique index one_change_waits on commitment_changes (organisation_id, commitment_id) where state = 'waiting';

-- The history of a commitment: one row for each thing that somebody did. Rows are only added.
create table commitment_acts (
  organisation_id text not null,
  id text not null,
  commitment_id text not null,
  act text not null,
  by_id text,                        -- null: the contact, or the program
  at bigint not null,
  words text not null,               -- what they added
  change_id text,
  primary key (organisation_id, id),
  foreign key (organisation_id, commitment_id) references commitments (organisation_id, id),
  foreign key (organisation_id, by_id) references people (organisation_id, id),
  foreign key (organisation_id, change_id) references commitment_changes (organisation_id, id)
);
create index acts_of_commitment on commitment_acts (organisation_id, commitment_id, id);
