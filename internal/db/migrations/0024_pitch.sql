-- How an ask is prepared, for its owner alone, and all that was sent of it.

-- What somebody wrote while they prepared an ask. It is never sent as such. The name says what it answers.
create table pitch_texts (
  organisation_id text not null,
  id text not null,
  owner_id text not null,
  ask_id text not null,
  name text not null,
  words text not null,
  revision bigint not null,
  created_at bigint not null,
  changed_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, ask_id) references asks (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id)
);
create unique index pitch_texts_of on pitch_texts (organisation_id, ask_id, name);
create index pitch_texts_by on pitch_texts (organisation_id, owner_id);

-- What of the owner's record goes along beside the wins: skills, what was shown for criteria, links and files of wins.
create table pitch_picks (
  organisation_id text not null,
  owner_id text not null,
  ask_id text not null,
  kind text not null,
  thing_id text not null,
  primary key (organisation_id, ask_id, kind, thing_id),
  foreign key (organisation_id, ask_id) references asks (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id),
  check (kind in ('skill', 'criterion', 'link', 'file'))
);
create index pitch_picks_by on pitch_picks (organisation_id, owner_id);

-- What was sent beside the first lines of an ask, word for word, in its order. The name says what it is.
create table sent_sections (
  organisation_id text not null,
  sending_id text not null,
  position bigint not null,
  name text not null,
  words text not null,
  primary key (organisation_id, sending_id, position),
  foreign key (organisation_id, sending_id) references ask_sendings (organisation_id, id)
);

-- Links and files of a win that was sent, as they were. A file has a content, a link an address. What was taken back with
-- its win is no longer seen by anybody else.
create table evidence_files (
  organisation_id text not null,
  id text not null,
  evidence_id text not null,
  position bigint not null,
  url text not null,
  name text not null,
  media_type text not null,
  size bigint not null,              -- in bytes
  digest text not null,              -- SHA-256 of the content, in hex
  content bytea not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, evidence_id) references sent_evidence (organisation_id, id)
);
create index files_of_evidence on evidence_files (organisation_id, evidence_id, position);

-- A version that another took the place of, with the same person: they may compare the two.
alter table ask_sendings add column replaced boolean not null default false;
