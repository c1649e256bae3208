-- Conversations that are prepared: the agenda by the sections of its kind, and what was not reached.

alter table agenda_items add column section text not null default '';  -- of the shape of its kind; '': in none
alter table agenda_items add column from_id text;                      -- the conversation in which it was not reached
alter table agenda_items add column onward_id text;                    -- the conversation that it went on to

-- What a side said of a conversation: before it by a link, where it has no account here; and after
-- it, whether that is what the two agreed. Both sides read it; who is not here is a contact, and the
-- owner keeps both sides.
create table conversation_answers (
  organisation_id text not null,
  id text not null,
  conversation_id text not null,
  moment text not null,
  by_id text,                        -- null: a contact, by a link
  name text not null,                -- as a contact wrote it
  agrees boolean not null,           -- after it: it is what was agreed
  words text not null,
  revision bigint not null,          -- of the outcome that they read; 0 before it
  at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, conversation_id) references conversations (organisation_id, id),
  foreign key (organisation_id, by_id) references people (organisation_id, id),
  check (moment in ('before', 'after'))
);
create index answers_of_conversation on conversation_answers (organisation_id, conversation_id, id);

-- Feedback on a piece of work, a skill, a goal or a win of the one who receives it: asked for, or
-- offered. It is the receiver's own.
create table feedback (
  organisation_id text not null,
  id text not null,
  owner_id text not null,            -- who receives it
  giver_id text not null,
  about text not null,
  thing_id text,                     -- of a skill, a goal or a win; it may be gone
  subject text not null,             -- the work, or what the thing was called then
  wish text not null,                -- what the owner would like to hear, where they asked
  asked_at bigint,                   -- null: it was offered
  origin_kind text not null,
  origin_id text,
  state text not null,
  saw text not null,                 -- what was done, and what came of it
  next text not null,                -- what could be tried next time
  given_at bigint,
  kept_at bigint,                    -- when the owner kept it
  revision bigint not null,
  created_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id),
  foreign key (organisation_id, giver_id) references people (organisation_id, id),
  check (about in ('work', 'skill', 'goal', 'win')),
  check ((thing_id is null) = (about = 'work')),
  check (state in ('asked', 'given', 'declined')),
  check ((given_at is null) = (state <> 'given')),
  check (kept_at is null or state = 'given')
);
create index feedback_of on feedback (organisation_id, owner_id, id);
create index feedback_by on feedback (organisation_id, giver_id, id);
