-- Matching rounds: who takes part and what they state, the variants that are worked out, what came of one.

create table rounds (
  organisation_id text not null references organisations (id),
  id text not null,
  opened_by_id text not null,
  name text not null,
  about text not null,
  who text not null check (who in ('everyone', 'invited')),
  closes_on text,                    -- the last day to sign up; null: until a result is published
  state text not null check (state in ('open', 'published', 'ended')),
  variant_id text,                   -- what is published
  revision bigint not null,
  created_at bigint not null,
  published_at bigint,
  ended_at bigint,
  primary key (organisation_id, id),
  foreign key (organisation_id, opened_by_id) references people (organisation_id, id),
  check (state <> 'published' or variant_id is not null),
  check ((ended_at is not null) = (state = 'ended'))
);

create table round_invitations (
  organisation_id text not null,
  round_id text not null,
  person_id text not null,
  invited_at bigint not null,
  primary key (organisation_id, round_id, person_id),
  foreign key (organisation_id, round_id) references rounds (organisation_id, id),
  foreign key (organisation_id, person_id) references people (organisation_id, id)
);
create index round_invitations_of on round_invitations (organisation_id, person_id);

-- What somebody states for one round, on one side. Who runs the round reads it.
create table round_sign_ups (
  organisation_id text not null,
  id text not null,
  round_id text not null,
  person_id text not null,
  side text not null check (side in ('mentee', 'mentor')),
  aim text not null,                 -- of a mentee: what they want to learn
  languages text not null,           -- of a mentee, one a line; a mentor's stand in their profile
  places bigint not null check (places between 0 and 20),  -- of a mentor: how many they take from this round
  revision bigint not null,
  signed_at bigint not null,
  changed_at bigint not null,
  primary key (organisation_id, round_id, person_id, side),
  foreign key (organisation_id, round_id) references rounds (organisation_id, id),
  foreign key (organisation_id, person_id) references people (organisation_id, id)
);
create unique index round_sign_up_id on round_sign_ups (organisation_id, id);
create index round_sign_ups_of on round_sign_ups (organisation_id, person_id);
create index round_sign_ups_by_side on round_sign_ups (organisation_id, round_id, side, person_id);

create table round_skills (
  organisation_id text not null,
  round_id text not null,
  person_id text not null,
  position bigint not null,
  name text not null,
  level bigint not null check (level between 0 and 5),  -- as they say of themselves there
  primary key (organisation_id, round_id, person_id, position),
  foreign key (organisation_id, round_id) references rounds (organisation_id, id),
  foreign key (organisation_id, person_id) references people (organisation_id, id)
);
create index round_skills_of on round_skills (organisation_id, person_id);

-- Whom somebody would like best. A mentor's are read by nobody else; they only count.
create table round_wishes (
  organisation_id text not null,
  round_id text not null,
  person_id text not null,
  side text not null check (side in ('mentee', 'mentor')),
  rank bigint not null check (rank between 1 and 5),
  wish_id text not null,
  primary key (organisation_id, round_id, person_id, side, rank),
  foreign key (organisation_id, round_id) references rounds (organisation_id, id),
  foreign key (organisation_id, person_id) references people (organisation_id, id),
  foreign key (organisation_id, wish_id) references people (organisation_id, id)
);
create index round_wishes_of on round_wishes (organisation_id, person_id);

-- One way to match the round: its rules and weights, and what came out.
create table round_variants (
  organisation_id text not null,
  id text not null,
  round_id text not null,
  name text not null,
  way text not null check (way in ('best', 'fair', 'stable')),
  other_department boolean not null,
  other_office boolean not null,
  same_language boolean not null,
  levels_above bigint not null check (levels_above between 0 and 5),
  weight_skills bigint not null,
  weight_wishes bigint not null,
  weight_language bigint not null,
  weight_hours bigint not null,
  weight_department bigint not null,
  follows boolean not null,          -- worked out by itself after people joined or left
  mentees bigint not null,
  places bigint not null,
  matched bigint not null,
  possible bigint not null,          -- so many could be, whatever the way
  total bigint not null,             -- the fit of all pairs together
  least bigint not null,             -- the fit of the pair with the least
  wished bigint not null,            -- mentees who have one of their wishes
  first_wish bigint not null,        -- who have their first
  crowds text not null,              -- JSON: who are more than the places that fit them
  digest text not null,              -- of all that went in, and of what came out; '': not worked out
  revision bigint not null,
  solved_at bigint,
  primary key (organisation_id, id),
  foreign key (organisation_id, round_id) references rounds (organisation_id, id)
);
create index round_variants_in on round_variants (organisation_id, round_id, id);

-- What came out for each mentee.
create table round_results (
  organisation_id text not null,
  variant_id text not null,
  mentee_id text not null,
  mentor_id text,                    -- null: nobody
  fit bigint not null,
  because text not null,             -- a kind: why nobody
  crowd bigint not null,             -- number of the crowd they are in, from 1; 0: none
  place_id text,                     -- the pairing, once it is published
  primary key (organisation_id, variant_id, mentee_id),
  foreign key (organisation_id, variant_id) references round_variants (organisation_id, id),
  foreign key (organisation_id, mentee_id) references people (organisation_id, id),
  foreign key (organisation_id, mentor_id) references people (organisation_id, id)
);
create index round_results_for on round_results (organisation_id, mentee_id);
create index round_results_with on round_results (organisation_id, mentor_id);
create index round_results_by_fit on round_results (organisation_id, variant_id, fit, mentee_id);

-- Pairs that were pinned or forbidden by hand, with what that cost.
create table round_changes (
  organisation_id text not null,
  id text not null,
  variant_id text not null,
  mentee_id text not null,
  mentor_id text not null,
  kind text not null check (kind in ('pin', 'forbid')),
  fewer bigint not null,             -- so many fewer find a mentor
  less bigint not null,              -- so much less fit, all pairs together
  holds boolean not null,            -- false: a pin of two who may not be a pair any more
  primary key (organisation_id, id),
  foreign key (organisation_id, variant_id) references round_variants (organisation_id, id),
  foreign key (organisation_id, mentee_id) references people (organisation_id, id),
  foreign key (organisation_id, mentor_id) references people (organisation_id, id)
);
create unique index one_change_of_two on round_changes (organisation_id, variant_id, mentee_id, mentor_id);
