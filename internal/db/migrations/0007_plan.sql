-- What a person writes of their own growth. Every row is seen by its owner alone, and by whom
-- live_shares names.

-- The texts of a plan: one a section.
create table plan_texts (
  organisation_id text not null,
  owner_id text not null,
  section text not null,             -- 'purpose', 'strengths', 'hard' or 'vision'
  words text not null,
  revision bigint not null,
  created_at bigint not null,
  changed_at bigint not null,
  primary key (organisation_id, owner_id, section),
  foreign key (organisation_id, owner_id) references people (organisation_id, id)
);

-- kept_out: a share of the whole section does not reach it.
create table plan_values (
  organisation_id text not null,
  id text not null,
  owner_id text not null,
  word text not null,
  meaning text not null,
  position bigint not null,
  kept_out boolean not null,
  revision bigint not null,
  created_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id)
);
create index values_of on plan_values (organisation_id, owner_id, position);

create table skills (
  organisation_id text not null,
  id text not null,
  owner_id text not null,
  name text not null,
  level bigint not null check (level between 0 and 5),
  wanted bigint not null check (wanted between 0 and 5),
  note text not null,
  kept_out boolean not null,
  revision bigint not null,
  created_at bigint not null,
  changed_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id)
);
create index skills_of on skills (organisation_id, owner_id);

create table goals (
  organisation_id text not null,
  id text not null,
  owner_id text not null,
  title text not null,
  area text not null check (area in ('professional', 'personal')),
  specific text not null,
  measured text not null,
  attainable text not null,
  relevant text not null,
  due text,
  serves text not null,              -- which direction of the organisation, in the owner's words
  state text not null check (state in ('open', 'done', 'let go')),
  learned text not null,
  closed_at bigint,
  kept_out boolean not null,
  origin_kind text not null,
  origin_id text,
  revision bigint not null,
  created_at bigint not null,
  changed_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id)
);
create index goals_of on goals (organisation_id, owner_id);

-- A step is seen with its goal, never without.
create table steps (
  organisation_id text not null,
  id text not null,
  owner_id text not null,
  goal_id text not null,
  activity text not null,            -- the kind of activity
  words text not null,
  due text,
  cue text not null,                 -- "When ..."
  response text not null,            -- "... I will ..."
  state text not null check (state in ('open', 'begun', 'done', 'let go')),
  done_at bigint,
  revision bigint not null,
  created_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, goal_id) references goals (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id)
);
create index steps_of on steps (organisation_id, goal_id);
create index steps_due on steps (organisation_id, owner_id, due);

-- Wins are shared one by one; they stand in no section.
create table wins (
  organisation_id text not null,
  id text not null,
  owner_id text not null,
  day text not null,
  what text not null,
  effect text not null,
  figure text not null,
  origin_kind text not null,
  origin_id text,
  revision bigint not null,
  created_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id)
);
create index wins_of on wins (organisation_id, owner_id, day, id);

-- What a win backs: goals and skills of the same owner.
create table win_goals (
  organisation_id text not null,
  win_id text not null,
  goal_id text not null,
  primary key (organisation_id, win_id, goal_id),
  foreign key (organisation_id, win_id) references wins (organisation_id, id),
  foreign key (organisation_id, goal_id) references goals (organisation_id, id)
);
create index wins_of_goal on win_goals (organisation_id, goal_id);

create table win_skills (
  organisation_id text not null,
  win_id text not null,
  skill_id text not null,
  primary key (organisation_id, win_id, skill_id),
  foreign key (organisation_id, win_id) references wins (organisation_id, id),
  foreign key (organisation_id, skill_id) references skills (organisation_id, id)
);
create index wins_of_skill on win_skills (organisation_id, skill_id);

-- Private reflections. No share ever reaches them.
create table journal_entries (
  organisation_id text not null,
  id text not null,
  owner_id text not null,
  day text not null,
  words text not null,
  revision bigint not null,
  created_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id)
);
create index journal_of on journal_entries (organisation_id, owner_id, day, id);

-- The earlier versions of everything in one person's plan.
create index revisions_of_owner on revisions (organisation_id, owner_id, thing_kind, at);
