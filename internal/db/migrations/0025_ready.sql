-- What matters for the time of an ask, and what a pitch needs to be ready.

-- A day or some days of a year: of the organisation, or of one person. A person's is theirs alone
-- until they share it, like everything.
create table dates (
  organisation_id text not null references organisations (id),
  id text not null,
  owner_id text,                     -- null: the organisation's, for everybody in it
  kind text not null,
  title text not null,
  note text not null,
  starts_on text not null,
  ends_on text not null,
  shows text not null,               -- what whom it is shared with reads: the days, or the words too
  revision bigint not null,
  created_at bigint not null,
  changed_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id),
  check (kind in ('review', 'planning round', 'budget deadline', 'absence', 'busy time', 'holiday', 'other')),
  check (kind not in ('absence', 'busy time') or owner_id is not null),
  check (shows in ('days', 'words')),
  check (ends_on >= starts_on)
);
create index dates_of on dates (organisation_id, owner_id, ends_on);

-- Exactly what would be sent of an ask, as it was at one moment, for one person to comment on. It
-- never changes.
create table previews (
  organisation_id text not null,
  id text not null,
  owner_id text not null,
  viewer_id text not null,
  ask_id text not null,              -- which may be gone
  note text not null,                -- to the viewer
  content text not null,             -- JSON: the words as they were
  given_at bigint,                   -- null: its owner looks at it still
  taken_back_at bigint,
  created_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id),
  foreign key (organisation_id, viewer_id) references people (organisation_id, id)
);
create index previews_of on previews (organisation_id, owner_id, ask_id, id);
create index previews_for on previews (organisation_id, viewer_id, id);
