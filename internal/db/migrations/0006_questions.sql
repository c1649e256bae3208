-- Each use of a question: of whom, in which words, and what was answered. Its owner's alone.

create table askings (
  organisation_id text not null,
  id text not null,
  owner_id text not null,
  card_id text not null,             -- of the library; '' for a question of one's own
  wording text not null,
  to_person_id text,                 -- the owner: a question to oneself
  to_contact_id text,
  to_name text not null,             -- typed, where it was asked aloud of somebody else
  asked_on text not null,            -- civil date
  answer text not null,
  answered_at bigint,                -- null: no answer yet
  origin_kind text,
  origin_id text,
  revision bigint not null,
  created_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id),
  foreign key (organisation_id, to_person_id) references people (organisation_id, id),
  foreign key (organisation_id, to_contact_id) references contacts (organisation_id, id)
);
create index askings_of on askings (organisation_id, owner_id, asked_on);
