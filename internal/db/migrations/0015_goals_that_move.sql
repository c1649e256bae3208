-- A goal has a kind, and a rhythm in which its owner looks at it again. review_on: the day on which they do; null: by
-- the rhythm, counted from the day on which it was written down.
alter table goals add column kind text not null default 'outcome';     -- 'outcome', 'learning' or 'open'
alter table goals add column rhythm text not null default 'monthly';   -- 'fortnightly', 'monthly', 'quarterly' or 'never'
alter table goals add column review_on text;

-- A look back at a goal, seen by its owner alone.
create table goal_reviews (
  organisation_id text not null,
  id text not null,
  owner_id text not null,
  goal_id text not null,
  how text not null,                 -- 'moved', 'stuck', 'changed', 'done' or 'let go'
  learned text not null,
  day text not null,
  created_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, goal_id) references goals (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id)
);
create index reviews_of on goal_reviews (organisation_id, goal_id);
create index reviews_of_owner on goal_reviews (organisation_id, owner_id);

-- A step that comes back. anchor: the day that its days are counted from.
alter table steps add column every text not null default '';           -- '', 'week', 'fortnight' or 'month'
alter table steps add column until text;
alter table steps add column anchor text;

-- The days on which a step was done once, or let pass; seen by its owner alone. was_due: the day that it was due then.
create table step_marks (
  organisation_id text not null,
  step_id text not null,
  owner_id text not null,
  day text not null,
  did boolean not null,
  was_due text,
  primary key (organisation_id, step_id, day),
  foreign key (organisation_id, step_id) references steps (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id)
);
create index marks_of_owner on step_marks (organisation_id, owner_id);
