-- Mail that people keep: jobs that come to nothing, hours where each is, the weekly digest, other
-- ways for notices, addresses that no mail reaches. No words of people stand in these tables.

alter table jobs add column organisation_id text;             -- whose; null: the installation's
alter table jobs add column failure text not null default ''; -- of the last try, in words that say nothing of anybody
alter table jobs add column let_go_at bigint;                 -- given up, and nobody wants it any more
alter table jobs add column person_id text;                   -- due at an hour where this person is
alter table jobs add column local_day text;
alter table jobs add column local_hour bigint;
alter table jobs add column zone text;                        -- in which run_at was reckoned from the two
create index jobs_given_up on jobs (failed_at) where failed_at is not null and let_go_at is null;
create index jobs_by_hour on jobs (organisation_id, person_id) where local_day is not null and done_at is null and failed_at is null;

-- The secrets of an installation, by what they are for.
create table secrets (
  name text primary key,
  secret text not null
);

-- When each gets the digest of their week. Whoever chose nothing gets the usual row.
create table digests (
  organisation_id text not null,
  person_id text not null,
  weekday bigint not null,           -- 0 is Sunday
  hour bigint not null,              -- where they are
  zone text not null,                -- in which next_at was reckoned
  next_at bigint not null,
  told_week text not null,           -- the Monday of the last week whose digest was made; empty: none yet
  primary key (organisation_id, person_id),
  foreign key (organisation_id, person_id) references people (organisation_id, id)
);
create index digests_due on digests (next_at);

-- What a digest says, kept until it has gone out: the same at each try.
create table digest_counts (
  organisation_id text not null,
  person_id text not null,
  week text not null,
  counts text not null,              -- JSON: figures by what they count
  made_at bigint not null,
  primary key (organisation_id, person_id, week),
  foreign key (organisation_id, person_id) references people (organisation_id, id)
);
create index digest_counts_by_age on digest_counts (made_at);

-- Addresses that mail came back from. Nothing but a code goes there until one was typed in.
create table bounced_addresses (
  address text primary key,          -- folded
  at bigint not null,
  status text not null               -- what the mail server said, as a figure: 5.1.1
);

-- What somebody who does not sign in wants no mail about.
create table quiet_addresses (
  address text not null,             -- folded
  kind text not null,
  at bigint not null,
  primary key (address, kind)
);
