-- What one person puts before another about a plan: what a manager proposes for it, copies of it
-- for one meeting, and what is said about what was shown.

-- Between the two. Until it is answered it lives as long as the reporting line.
create table proposals (
  organisation_id text not null,
  id text not null,
  owner_id text not null,            -- for whose plan it is
  by_id text not null,               -- who proposes it, as the manager in the line
  line_id text not null,
  kind text not null,
  goal_id text,                      -- of a step: the goal that it is for, which may be gone
  words text not null,               -- the title of the goal, or the step
  measured text not null,            -- of a goal
  due text,
  why text not null,                 -- what made them think of it
  state text not null,
  answer text not null,              -- a word of the owner's, if they gave one
  answered_at bigint,
  made_id text,                      -- the goal or step that it became: its owner's alone
  created_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id),
  foreign key (organisation_id, by_id) references people (organisation_id, id),
  foreign key (organisation_id, line_id) references reporting_lines (organisation_id, id),
  check (kind in ('goal', 'step')),
  check (state in ('waiting', 'taken', 'declined')),
  check ((answered_at is null) = (state = 'waiting'))
);
create index proposals_to on proposals (organisation_id, owner_id, id);
create index proposals_by on proposals (organisation_id, by_id, id);
create index proposals_of_line on proposals (organisation_id, line_id);

-- A part of a plan as it was at one moment, for one person and, where it says so, one meeting.
-- It never changes, and sharing it shares nothing else.
create table copies (
  organisation_id text not null,
  id text not null,
  owner_id text not null,
  viewer_id text not null,
  conversation_id text,
  note text not null,                -- to the viewer
  content text not null,             -- JSON: the words as they were
  until text not null,               -- the last day on which it is read, where the owner is
  ends_at bigint not null,           -- when that day is over
  given_at bigint,                   -- null: its owner looks at it still
  taken_back_at bigint,
  created_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id),
  foreign key (organisation_id, viewer_id) references people (organisation_id, id),
  foreign key (organisation_id, conversation_id) references conversations (organisation_id, id)
);
create index copies_of on copies (organisation_id, owner_id, id);
create index copies_for on copies (organisation_id, viewer_id, id);
create index copies_in on copies (organisation_id, conversation_id);

-- What somebody said about a passage of what was shown to them. The owner of the thing sees it,
-- and the one who said it; nobody else who sees the thing.
create table comments (
  organisation_id text not null,
  id text not null,
  owner_id text not null,            -- of the thing
  by_id text not null,
  thing_kind text not null,
  thing_id text not null,
  field text not null,               -- the text of the thing that it is about; '' for all of it
  quote text not null,               -- the words that were marked; '' for the whole text
  made_on bigint not null,           -- the revision of the thing then
  words text not null,
  answer text not null,              -- of the owner
  answered_at bigint,
  resolved_at bigint,
  taken_back_at bigint,              -- by who said it; what the owner answered stays theirs
  revision bigint not null,          -- of the words
  answer_revision bigint not null,
  created_at bigint not null,
  changed_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id),
  foreign key (organisation_id, by_id) references people (organisation_id, id)
);
create index comments_to on comments (organisation_id, owner_id, id);
create index comments_by on comments (organisation_id, by_id, id);
