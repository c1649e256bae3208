-- Question cards that a person writes for themselves, or an administrator for the organisation; and the suggestions of a
-- card that a person does not want to see again.

create table question_cards (
  organisation_id text not null,
  id text not null,
  owner_id text,                     -- null: the organisation's
  name text not null,                -- the id in its front matter
  text text not null,                -- the whole file
  stage text not null,               -- the next four as the file says, to list cards without reading it
  asked_of text not null,            -- ' manager mentor '
  asker text not null,
  title text not null,
  revision bigint not null,
  created_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id)
);
create unique index cards_of on question_cards (organisation_id, owner_id, name) where owner_id is not null;
create unique index cards_of_all on question_cards (organisation_id, name) where owner_id is null;

create table suggestions_let_go (
  organisation_id text not null,
  owner_id text not null,
  moment text not null,
  thing_id text not null,            -- of whatever kind the moment is about
  let_go_at bigint not null,
  primary key (organisation_id, owner_id, moment, thing_id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id)
);
