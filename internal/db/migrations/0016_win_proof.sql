-- What shows a win, and wins that were imported and wait to be looked at.

create table win_links (
  organisation_id text not null,
  id text not null,
  owner_id text not null,
  win_id text not null,
  url text not null,
  made_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, win_id) references wins (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id)
);
create index links_of_win on win_links (organisation_id, win_id, id);
create index links_of_owner on win_links (organisation_id, owner_id);

-- A file stays in the store, so that a backup, each copy of a server and an export hold it. The
-- content is the last column: who lists files does not read past it.
create table win_files (
  organisation_id text not null,
  id text not null,
  owner_id text not null,
  win_id text not null,
  name text not null,
  media_type text not null,          -- found in the content
  size bigint not null,              -- in bytes
  digest text not null,              -- SHA-256 of the content, in hex
  made_at bigint not null,
  content bytea not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, win_id) references wins (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id)
);
create index files_of_win on win_files (organisation_id, win_id, id);
create index files_of_owner on win_files (organisation_id, owner_id);

-- What an import found. It is no win before its owner takes it, and goes after 30 days.
create table win_drafts (
  organisation_id text not null,
  id text not null,
  owner_id text not null,
  source text not null check (source in ('csv', 'markdown', 'git')),
  topic text not null,               -- the heading or part of the work under which it was found
  day text,
  what text not null,
  effect text not null,
  figure text not null,
  url text not null,
  made_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id)
);
create index drafts_of_owner on win_drafts (organisation_id, owner_id, id);
create index drafts_by_age on win_drafts (made_at);

-- What was offered before, so that it is not offered twice. No words: digests of what an import
-- found, mixed with their owner.
create table win_offers (
  organisation_id text not null,
  owner_id text not null,
  digest text not null,
  draft_id text,                     -- that waits; null: it became a win, or was dropped
  became text not null check (became in ('draft', 'win', 'dropped')),
  at bigint not null,
  primary key (organisation_id, owner_id, digest),
  foreign key (organisation_id, owner_id) references people (organisation_id, id)
);
create index offers_of_draft on win_offers (organisation_id, draft_id) where draft_id is not null;

-- Who administers an organisation is asked on pages of everybody.
create index administrators_of on people (organisation_id, name_key, id) where administrator and left_at is null;

-- What the last import of somebody said: how much it found, and which lines it left out, and why.
create table win_imports (
  organisation_id text not null,
  owner_id text not null,
  found bigint not null,
  known bigint not null,             -- left out, since they were offered before
  passed bigint not null,            -- lines of prose
  others bigint not null,            -- commits of others
  more bigint not null,              -- problems beyond those told
  problems text not null,            -- JSON: line, text, reason
  made_at bigint not null,
  primary key (organisation_id, owner_id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id)
);
create index imports_by_age on win_imports (made_at);
