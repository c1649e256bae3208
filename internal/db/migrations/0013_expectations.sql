-- What is expected: frameworks of roles (job families), their levels, what each level asks for.
-- The text of a role is kept by version and never changed: a new text is a new version.

create table frameworks (
  organisation_id text not null references organisations (id),
  id text not null,
  name text not null,
  name_key text not null,            -- folded: the same name is the same framework
  created_at bigint not null,
  primary key (organisation_id, id)
);
create unique index one_framework on frameworks (organisation_id, name_key);

-- A role is the organisation's, in a framework; or a manager's, for the people who report to them.
create table roles (
  organisation_id text not null,
  id text not null,
  framework_id text,                 -- null: written by a manager
  author_id text,                    -- the manager who wrote it; null: the organisation's
  adapts_id text,                    -- the role of the organisation that a manager adapted
  adapts_name text not null,         -- how it is called
  adapts_number bigint not null,     -- the version that was adapted
  key text not null,                 -- its id in the file, folded
  name text not null,
  name_key text not null,
  version bigint not null,           -- the one that stands
  retired_at bigint,                 -- the framework no longer has it, or the manager ended it
  brought_along boolean not null,    -- written elsewhere: its author alone sees it
  created_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, framework_id) references frameworks (organisation_id, id),
  foreign key (organisation_id, author_id) references people (organisation_id, id),
  foreign key (organisation_id, adapts_id) references roles (organisation_id, id)
);
create unique index one_role on roles (organisation_id, framework_id, key) where framework_id is not null;
create unique index one_adaptation on roles (organisation_id, author_id, adapts_id) where adapts_id is not null and retired_at is null;
create index roles_standing on roles (organisation_id, id) where author_id is null and retired_at is null;
create index roles_written on roles (organisation_id, author_id) where author_id is not null;

create table role_versions (
  organisation_id text not null,
  role_id text not null,
  number bigint not null,
  name text not null,
  about text not null,
  source text not null,              -- the name of the file; empty: written here
  by_id text,                        -- who brought it in or wrote it; null: a command
  made_at bigint not null,
  primary key (organisation_id, role_id, number),
  foreign key (organisation_id, role_id) references roles (organisation_id, id),
  foreign key (organisation_id, by_id) references people (organisation_id, id)
);

create table role_levels (
  organisation_id text not null,
  role_id text not null,
  number bigint not null,
  position bigint not null,          -- from 0, the first level first
  key text not null,
  name text not null,
  track text not null,               -- of levels side by side: 'people', 'craft', ...
  about text not null,
  primary key (organisation_id, role_id, number, position),
  foreign key (organisation_id, role_id, number) references role_versions (organisation_id, role_id, number)
);

-- What the levels of a skill look like, where the framework says it.
create table role_skills (
  organisation_id text not null,
  role_id text not null,
  number bigint not null,
  skill_key text not null,
  name text not null,
  about text not null,
  behaviour text not null,           -- JSON: six texts, of level 0 to 5
  primary key (organisation_id, role_id, number, skill_key),
  foreign key (organisation_id, role_id, number) references role_versions (organisation_id, role_id, number)
);

create table expectations (
  organisation_id text not null,
  role_id text not null,
  number bigint not null,
  position bigint not null,          -- within the whole version
  level bigint not null,             -- the position of its level
  key text not null,                 -- its id in the file
  theme text not null,
  skill text not null,               -- empty: prose
  skill_key text not null,           -- folded
  asked bigint not null check (asked between 0 and 5),
  words text not null,
  examples text not null,            -- JSON: a list of texts
  primary key (organisation_id, role_id, number, position),
  foreign key (organisation_id, role_id, number, level) references role_levels (organisation_id, role_id, number, position)
);
create index expectations_at on expectations (organisation_id, role_id, number, level);

-- Which role and level a job title and level of the people file stand for, where an
-- administrator said it.
create table role_matches (
  organisation_id text not null references organisations (id),
  title_key text not null,
  level_key text not null,
  role_id text,                      -- null: none of the roles
  role_level text not null,          -- the key of the level
  primary key (organisation_id, title_key, level_key),
  foreign key (organisation_id, role_id) references roles (organisation_id, id)
);

-- Where a person saw themselves against a level of a role. All texts are copies: they stay as
-- they were, whatever becomes of the role.
create table assessments (
  organisation_id text not null,
  id text not null,
  owner_id text not null,
  role_id text,                      -- null: the role is not here
  number bigint not null,
  role_name text not null,
  by_manager boolean not null,       -- in the words of the person's manager; else the organisation's
  level_key text not null,
  level_name text not null,
  note text not null,
  revision bigint not null,
  created_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id),
  foreign key (organisation_id, role_id) references roles (organisation_id, id)
);
create index assessments_of on assessments (organisation_id, owner_id, id);

create table assessment_lines (
  organisation_id text not null,
  assessment_id text not null,
  owner_id text not null,
  position bigint not null,
  key text not null,
  theme text not null,
  skill text not null,
  asked bigint not null,
  words text not null,
  behaviour text not null,           -- what the asked level of the skill looks like
  stands bigint not null,            -- a skill: 0 to 5; prose: 0 not yet, 1 partly, 2 yes; -1 not said
  primary key (organisation_id, owner_id, assessment_id, position),
  foreign key (organisation_id, assessment_id) references assessments (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id)
);

-- A file of expectations between its preview and its import; it is removed with either, and
-- after a day.
create table expectation_files (
  organisation_id text not null,
  id text not null,
  by_id text not null,               -- who sent it, and alone sees it
  name text not null,
  content bytea not null,
  made_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, by_id) references people (organisation_id, id)
);
create index expectation_files_by_age on expectation_files (made_at);

-- Where the organisation, a department or a manager says it is heading.
create table directions (
  organisation_id text not null,
  id text not null,
  scope text not null check (scope in ('organisation', 'department', 'manager')),
  department text not null,
  department_key text not null,
  author_id text not null,           -- who wrote it last
  words text not null,
  ended_at bigint,                   -- null: stands
  brought_along boolean not null,    -- written elsewhere: its author alone sees it
  revision bigint not null,
  created_at bigint not null,
  changed_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, author_id) references people (organisation_id, id)
);
create index directions_standing on directions (organisation_id, scope, department_key) where ended_at is null;
create index directions_written on directions (organisation_id, author_id);

-- Which direction a goal serves, where its owner chose one.
create table goal_directions (
  organisation_id text not null,
  goal_id text not null,
  direction_id text not null,
  primary key (organisation_id, goal_id),
  foreign key (organisation_id, goal_id) references goals (organisation_id, id),
  foreign key (organisation_id, direction_id) references directions (organisation_id, id)
);
create index goals_serving on goal_directions (organisation_id, direction_id);
