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
