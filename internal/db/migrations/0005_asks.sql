-- What people ask for, what exactly was sent, and what came of it.

create table asks (
  organisation_id text not null references organisations (id),
  id text not null,
  owner_id text not null,
  kind text not null,
  what text not null,
  why text not null,
  whom_person_id text,
  whom_contact_id text,
  cost_minor bigint not null,        -- in the smallest unit of the currency
  currency text not null,
  cost_hours bigint not null,
  gives text not null,               -- the return: what it brings, for the team too, and who covers
  decide_by text,
  state text not null,
  previous_id text,                  -- the ask that came back as this one
  origin_kind text not null,
  origin_id text,
  revision bigint not null,
  created_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id),
  foreign key (organisation_id, whom_person_id) references people (organisation_id, id),
  foreign key (organisation_id, whom_contact_id) references contacts (organisation_id, id),
  foreign key (organisation_id, previous_id) references asks (organisation_id, id),
  check (state in ('draft', 'sent', 'decided')),
  check (whom_person_id is null or whom_contact_id is null)
);
create index asks_of on asks (organisation_id, owner_id, id);
create unique index asks_come_back_once on asks (organisation_id, previous_id) where previous_id is not null;

-- The wins that a draft brings as evidence.
create table ask_evidence (
  organisation_id text not null,
  ask_id text not null,
  win_id text not null,
  position bigint not null,
  primary key (organisation_id, ask_id, win_id),
  foreign key (organisation_id, ask_id) references asks (organisation_id, id)
);

-- What was sent, word for word. An ask that was withdrawn and sent again has several.
create table ask_sendings (
  organisation_id text not null,
  id text not null,
  ask_id text not null,
  version bigint not null,
  kind text not null,
  what text not null,
  why text not null,
  cost_minor bigint not null,
  currency text not null,
  cost_hours bigint not null,
  gives text not null,
  decide_by text,
  sent_at bigint not null,
  with_person_id text,               -- who is asked now
  with_contact_id text,
  ended_at bigint,                   -- null: stands
  ended_how text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, ask_id) references asks (organisation_id, id),
  foreign key (organisation_id, with_person_id) references people (organisation_id, id),
  foreign key (organisation_id, with_contact_id) references contacts (organisation_id, id),
  check ((with_person_id is null) <> (with_contact_id is null)),
  check (ended_how in ('', 'withdrawn', 'sent elsewhere', 'returned')),
  check ((ended_at is null) = (ended_how = ''))
);
create unique index one_sending_stands on ask_sendings (organisation_id, ask_id) where ended_at is null;
create unique index sending_versions on ask_sendings (organisation_id, ask_id, version);
create index sendings_with on ask_sendings (organisation_id, with_person_id, ask_id) where ended_at is null;

-- The evidence as it was when it was sent.
create table sent_evidence (
  organisation_id text not null,
  id text not null,
  sending_id text not null,
  position bigint not null,
  win_id text not null,
  day text,
  words text not null,
  effect text not null,
  figure text not null,
  taken_back_at bigint,
  primary key (organisation_id, id),
  foreign key (organisation_id, sending_id) references ask_sendings (organisation_id, id)
);
create index evidence_of_sending on sent_evidence (organisation_id, sending_id, position);

-- The one asked hands it on to where it belongs.
create table ask_hands (
  organisation_id text not null,
  id text not null,
  sending_id text not null,
  from_id text not null,
  to_id text not null,
  note text not null,
  at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, sending_id) references ask_sendings (organisation_id, id),
  foreign key (organisation_id, from_id) references people (organisation_id, id),
  foreign key (organisation_id, to_id) references people (organisation_id, id)
);
create index hands_of_sending on ask_hands (organisation_id, sending_id, id);

create table decisions (
  organisation_id text not null,
  ask_id text not null,
  by_person_id text,
  by_contact_id text,
  at bigint not null,
  answer text not null,
  reason text not null,
  feedback text not null,            -- on work and skills
  alternative_kind text not null,
  alternative text not null,
  again_on text,                     -- a no has the day on which it comes back
  again_named boolean not null,      -- by whoever decided; else it is 90 days
  heard_reason text not null,        -- what the owner heard, of what was left empty; theirs alone
  heard_feedback text not null,
  heard_alternative text not null,
  heard_revision bigint not null,
  comes_back_on text,                -- where the owner moved it to
  let_go_at bigint,
  came_back_at bigint,
  brought_along boolean not null,
  primary key (organisation_id, ask_id),
  foreign key (organisation_id, ask_id) references asks (organisation_id, id),
  foreign key (organisation_id, by_person_id) references people (organisation_id, id),
  foreign key (organisation_id, by_contact_id) references contacts (organisation_id, id),
  check ((by_person_id is null) <> (by_contact_id is null)),
  check (answer in ('yes', 'yes with conditions', 'not now', 'no')),
  check ((again_on is not null) = (answer in ('not now', 'no'))),
  check ((comes_back_on is null) = (again_on is null))
);
create index decisions_by on decisions (organisation_id, by_person_id, at);

-- What must be shown: the conditions of a yes.
create table criteria (
  organisation_id text not null,
  id text not null,
  ask_id text not null,
  position bigint not null,
  words text not null,
  evidence text not null,            -- by the owner of the ask
  evidence_at bigint,
  revision bigint not null,
  verdict text not null,             -- by whoever decided
  verdict_words text not null,
  verdict_at bigint,
  primary key (organisation_id, id),
  foreign key (organisation_id, ask_id) references decisions (organisation_id, ask_id),
  check (verdict in ('', 'shown', 'not yet')),
  check ((verdict = '') = (verdict_at is null))
);
create index criteria_of on criteria (organisation_id, ask_id, position);
