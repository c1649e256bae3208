-- The catalogue: what the organisation offers, who takes part in it, and what came of that.

create table programmes (
  organisation_id text not null references organisations (id),
  id text not null,
  posted_by_id text not null,
  kind text not null,
  name text not null,
  about text not null,
  audience text not null,            -- for whom, in words
  employment text not null,          -- the kinds of employment that may take part, one a line; '' all
  learns text not null,              -- what one learns, in words
  needs text not null,               -- what one should bring, in words
  seats bigint not null check (seats between 1 and 5000),
  taken bigint not null check (taken >= 0),
  freed bigint not null,             -- seats that were given up so far
  begins text,                       -- days
  ends text,
  apply_until text,
  sort_day text not null,            -- the first day, or '9999-12-31'
  effort bigint not null,
  effort_in text not null,           -- hours or weeks
  cost bigint not null check (cost >= 0),  -- of a seat, in the smallest unit of the currency
  currency text not null,
  budget_id text,
  decides text not null,
  state text not null,
  cancelled_words text not null,     -- to everybody who sees it
  revision bigint not null,
  created_at bigint not null,
  ended_at bigint,
  primary key (organisation_id, id),
  foreign key (organisation_id, posted_by_id) references people (organisation_id, id),
  foreign key (organisation_id, budget_id) references budgets (organisation_id, id),
  check (taken <= seats),            -- nobody sits on somebody else's seat
  check (kind in ('course', 'leadership class', 'job training', 'shadowing', 'stretch assignment', 'special project', 'mentoring round')),
  check (effort_in in ('hours', 'weeks')),
  check (decides in ('nobody', 'poster', 'budget')),
  check ((decides = 'budget') = (cost > 0)),
  check ((budget_id is not null) = (cost > 0)),
  check (state in ('draft', 'open', 'closed', 'running', 'ended', 'cancelled')),
  check ((ended_at is not null) = (state in ('ended', 'cancelled')))
);
create index programmes_listed on programmes (organisation_id, sort_day, id) where state in ('open', 'closed', 'running');
create index programmes_by on programmes (organisation_id, posted_by_id, id);
create index programmes_from on programmes (organisation_id, budget_id) where budget_id is not null;

-- The skills that one learns in it, and those that it builds on, with the level.
create table programme_skills (
  organisation_id text not null,
  programme_id text not null,
  part text not null check (part in ('learns', 'needs')),
  position bigint not null,
  name text not null,
  skill_key text not null,           -- the same for two names of one skill
  level bigint not null check (level between 0 and 5),
  primary key (organisation_id, programme_id, part, position),
  foreign key (organisation_id, programme_id) references programmes (organisation_id, id)
);
create index programme_skills_by on programme_skills (organisation_id, skill_key, programme_id) where part = 'learns';

-- Somebody who takes part, would like to, or did.
create table programme_places (
  organisation_id text not null,
  id text not null,
  programme_id text not null,
  person_id text not null,
  hopes text not null,               -- what they want to learn: theirs, and of whoever decides
  state text not null,
  asked_at bigint not null,          -- the line goes by it
  decided_by_id text,                -- who said yes or no
  decided_at bigint,
  words text not null,               -- of whoever decided
  answer_by bigint,                  -- of an offered seat
  ended_at bigint,
  origin_kind text not null,
  origin_id text,
  primary key (organisation_id, id),
  foreign key (organisation_id, programme_id) references programmes (organisation_id, id),
  foreign key (organisation_id, person_id) references people (organisation_id, id),
  foreign key (organisation_id, decided_by_id) references people (organisation_id, id),
  check (state in ('asked', 'waiting', 'offered', 'placed', 'done', 'declined', 'withdrawn', 'lapsed', 'cancelled')),
  check (decided_by_id is null or decided_by_id <> person_id),  -- nobody says yes to themselves
  check ((answer_by is not null) = (state = 'offered')),
  check ((ended_at is null) = (state in ('asked', 'waiting', 'offered', 'placed')))
);
create unique index one_seat_each on programme_places (organisation_id, programme_id, person_id) where ended_at is null;
create index places_in on programme_places (organisation_id, programme_id, state, asked_at, id);
create index places_of_person on programme_places (organisation_id, person_id, id);
create index places_decided on programme_places (organisation_id, decided_by_id) where decided_by_id is not null;
create index places_asked on programme_places (organisation_id, id) where state = 'asked';

-- What they say of themselves in the skills that the programme builds on.
create table programme_stated (
  organisation_id text not null,
  place_id text not null,
  position bigint not null,
  name text not null,
  level bigint not null check (level between 0 and 5),
  primary key (organisation_id, place_id, position),
  foreign key (organisation_id, place_id) references programme_places (organisation_id, id)
);

-- Looking back: at the end, and after three months. The participant's own until they tell it.
create table programme_looks (
  organisation_id text not null,
  place_id text not null,
  round text not null check (round in ('end', 'later')),
  learned text not null,
  used text not null,
  returned text not null,
  written_at bigint not null,
  told_at bigint,
  revision bigint not null,
  primary key (organisation_id, place_id, round),
  foreign key (organisation_id, place_id) references programme_places (organisation_id, id)
);
