-- Introductions. Each is a promise (commitments) with a third person who can help better: chosen, or
-- still to be found. Nothing of it reaches the third before the one who is to be helped has agreed to
-- the words that are told.

create table referrals (
  organisation_id text not null,
  id text not null,
  commitment_id text not null,
  by_id text not null,               -- who introduces
  for_id text not null,              -- who is to be helped
  third_person_id text,
  third_contact_id text,             -- of by_id
  third_name text not null,          -- a name that was said, while nobody is chosen
  need text not null,                -- what the help is for; between by_id and for_id
  told text not null,                -- what the third reads, once for_id has agreed
  state text not null,
  agreed_at bigint,                  -- for_id agreed to the third and to what is told
  answered_at bigint,                -- the third said yes
  reach text not null,               -- what the third wrote with the yes
  introduction text not null,        -- to both
  introduced_at bigint,
  follow_on text,                    -- the day of the one question to for_id
  follow_words text not null,
  followed_at bigint,
  ended_at bigint,
  ended_how text not null,           -- '', answered, let go, and how the promise ended
  revision bigint not null,
  origin_kind text not null,
  origin_id text,
  created_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, commitment_id) references commitments (organisation_id, id),
  foreign key (organisation_id, by_id) references people (organisation_id, id),
  foreign key (organisation_id, for_id) references people (organisation_id, id),
  foreign key (organisation_id, third_person_id) references people (organisation_id, id),
  foreign key (organisation_id, third_contact_id) references contacts (organisation_id, id),
  check (by_id <> for_id),
  check (third_person_id is null or third_contact_id is null),
  check (state in ('looking', 'offered', 'asked', 'agreed', 'introduced', 'closed')),
  check (state not in ('offered', 'asked', 'agreed') or third_person_id is not null or third_contact_id is not null),
  check (state not in ('asked', 'agreed') or agreed_at is not null),
  check (state <> 'agreed' or answered_at is not null),
  check (state <> 'introduced' or introduced_at is not null),
  check ((state = 'closed') = (ended_at is not null))
);
create unique index referral_of on referrals (organisation_id, commitment_id);
create index referrals_by on referrals (organisation_id, by_id, id);
create index referrals_for on referrals (organisation_id, for_id, id);
create index referrals_third on referrals (organisation_id, third_person_id, id) where third_person_id is not null;
create index referrals_contact on referrals (organisation_id, third_contact_id) where third_contact_id is not null;

-- What happened to each: rows are only added.
create table referral_acts (
  organisation_id text not null,
  id text not null,
  referral_id text not null,
  act text not null,
  by_id text,                        -- null: by a link, or the program
  third_person_id text,              -- whom it was about then
  third_contact_id text,
  at bigint not null,
  words text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, referral_id) references referrals (organisation_id, id),
  foreign key (organisation_id, by_id) references people (organisation_id, id),
  foreign key (organisation_id, third_person_id) references people (organisation_id, id),
  foreign key (organisation_id, third_contact_id) references contacts (organisation_id, id)
);
create index referral_acts_of on referral_acts (organisation_id, referral_id, id);
create index referral_acts_by on referral_acts (organisation_id, by_id) where by_id is not null;
create index referral_acts_third on referral_acts (organisation_id, third_contact_id) where third_contact_id is not null;
