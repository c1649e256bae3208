-- Mentors: what people offer, who asked whom, and the places that are taken.

-- What a person offers. Colleagues see it, as far as who says.
create table mentor_profiles (
  organisation_id text not null,
  person_id text not null,
  about text not null,
  topics text not null,              -- one a line
  formats text not null,             -- each between bars: |shadowing|review|
  languages text not null,           -- one a line
  language_keys text not null,       -- folded, each between bars
  hours bigint not null,             -- a month
  places bigint not null check (places between 0 and 20),  -- 0: pauses
  taken bigint not null check (taken >= 0),                -- more than places once those were lowered
  who text not null check (who in ('everyone', 'department', 'elsewhere')),
  revision bigint not null,
  created_at bigint not null,
  changed_at bigint not null,
  primary key (organisation_id, person_id),
  foreign key (organisation_id, person_id) references people (organisation_id, id)
);

create table mentor_skills (
  organisation_id text not null,
  person_id text not null,
  position bigint not null,
  name text not null,
  skill_key text not null,           -- the same for two names of one skill
  level bigint not null check (level between 1 and 5),
  offered bigint not null,           -- the level while a place is free, else 0
  spread bigint not null,            -- drawn by lot: who looks begins at a place of their own among equals
  primary key (organisation_id, person_id, position),
  foreign key (organisation_id, person_id) references mentor_profiles (organisation_id, person_id)
);
create index mentor_skills_offered on mentor_skills (organisation_id, skill_key, offered desc, spread, person_id);

-- A place that somebody has, or had, with a mentor.
create table mentor_places (
  organisation_id text not null,
  id text not null,
  mentor_id text not null,
  mentee_id text not null,
  request_id text,                   -- what it came from; null: from elsewhere
  began_at bigint not null,
  ended_at bigint,
  primary key (organisation_id, id),
  foreign key (organisation_id, mentor_id) references people (organisation_id, id),
  foreign key (organisation_id, mentee_id) references people (organisation_id, id)
);
create unique index one_place_of_two on mentor_places (organisation_id, mentor_id, mentee_id) where ended_at is null;
create index places_with on mentor_places (organisation_id, mentor_id, ended_at);
create index places_of on mentor_places (organisation_id, mentee_id, ended_at);

-- What somebody would like to learn from a mentor. Those who are asked read it.
create table mentor_requests (
  organisation_id text not null,
  id text not null,
  owner_id text not null,
  learn text not null,
  tried text not null,
  rhythm text not null check (rhythm in ('weekly', 'fortnightly', 'monthly', 'once')),
  until text,
  state text not null check (state in ('open', 'accepted', 'closed')),
  created_at bigint not null,
  closed_at bigint,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id),
  check ((closed_at is null) = (state = 'open'))
);
create index mentor_requests_of on mentor_requests (organisation_id, owner_id, id);

create table mentor_request_skills (
  organisation_id text not null,
  request_id text not null,
  owner_id text not null,
  position bigint not null,
  name text not null,
  skill_key text not null,
  level bigint not null check (level between 0 and 5),  -- as its owner says of themselves there
  primary key (organisation_id, request_id, position),
  foreign key (organisation_id, request_id) references mentor_requests (organisation_id, id)
);

-- Whom it goes to, by rank. One at a time is asked; who is not asked yet knows nothing of it.
create table mentor_choices (
  organisation_id text not null,
  id text not null,
  request_id text not null,
  owner_id text not null,
  mentor_id text not null,
  rank bigint not null,
  state text not null check (state in ('next', 'asked', 'more', 'later', 'waiting', 'accepted', 'declined', 'lapsed', 'withdrawn')),
  asked_at bigint,                   -- the last time; reminders go by it
  in_line_at bigint,                 -- since when it stands in line for a place
  answer text not null,              -- of the mentor: a word with a no or a later, or what they would like to know
  reply text not null,               -- of the owner, to what the mentor would like to know
  pointer_id text,                   -- with a no: who could help
  again_on text,                     -- of later: when it comes back
  answered_at bigint,
  primary key (organisation_id, id),
  foreign key (organisation_id, request_id) references mentor_requests (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id),
  foreign key (organisation_id, mentor_id) references people (organisation_id, id),
  foreign key (organisation_id, pointer_id) references people (organisation_id, id),
  check ((asked_at is null) = (state = 'next'))
);
create unique index mentor_choice_by_rank on mentor_choices (organisation_id, request_id, rank);
create index mentor_choices_for on mentor_choices (organisation_id, mentor_id, state, in_line_at);
create index mentor_choices_of on mentor_choices (organisation_id, owner_id, state);
