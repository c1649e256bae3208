-- One-question links: who made each, what it opens, and whether that is over. The keys to them, of
-- which only hashes are kept, stand in links; a link that was mailed twice has two.

create table question_links (
  organisation_id text not null,
  id text not null,
  owner_id text not null,            -- who asks
  purpose text not null,
  thing_kind text not null,
  thing_id text not null,
  address text not null,             -- to which it is mailed; empty: the owner passes it on
  delivery text not null,            -- '', waiting, sent, refused
  made_at bigint not null,
  expires_at bigint not null,
  used_at bigint,                    -- answered
  ended_at bigint,                   -- taken back
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id)
);
create index question_links_of on question_links (organisation_id, owner_id, made_at);
create index question_links_to on question_links (organisation_id, thing_kind, thing_id);
create index links_to on links (organisation_id, thing_kind, thing_id);

-- Somebody is asked whether a win was so, and what they answered. One who declines has said so to
-- nobody.
create table confirmations (
  organisation_id text not null,
  id text not null,
  owner_id text not null,            -- of the win
  win_id text not null,
  person_id text,                    -- a colleague; null: asked by a link, or brought along
  name text not null,                -- of somebody outside: as the owner wrote it, then as they wrote it themselves
  note text not null,                -- what the owner wrote with it
  asked_at bigint not null,
  answer text not null,              -- '', so, more, differently, declined
  words text not null,
  answered_at bigint,
  win_revision bigint not null,      -- of the text that they read; 0: not answered
  hidden boolean not null,           -- from stories, and from whom the win is shown to
  by_link boolean not null,
  brought_along boolean not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id),
  foreign key (organisation_id, person_id) references people (organisation_id, id),
  foreign key (organisation_id, win_id) references wins (organisation_id, id)
);
create index confirmations_of on confirmations (organisation_id, win_id, asked_at);
create index confirmations_by on confirmations (organisation_id, owner_id, asked_at);
create index confirmations_asked on confirmations (organisation_id, person_id, asked_at) where person_id is not null;
create unique index confirmations_once on confirmations (organisation_id, win_id, person_id) where person_id is not null and answer = '';

-- What a person tells of their wins, in their own words: drafted from the wins, and theirs from
-- then on.
create table stories (
  organisation_id text not null,
  id text not null,
  owner_id text not null,
  form text not null,                -- review, promotion, cv
  title text not null,
  words text not null,
  revision bigint not null,
  created_at bigint not null,
  changed_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id)
);
create index stories_of on stories (organisation_id, owner_id, changed_at);
