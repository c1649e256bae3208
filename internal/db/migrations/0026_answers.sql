-- The answer to an ask, and what comes after it.

-- The one asked needs to know more: a question back to the owner, and what they say to it. What
-- was sent stays as it is.
create table ask_inquiries (
  organisation_id text not null,
  id text not null,
  ask_id text not null,
  sending_id text not null,
  by_person_id text,
  by_contact_id text,
  question text not null,
  asked_at bigint not null,
  answer text not null,
  answered_at bigint,                -- null: waits for the owner
  primary key (organisation_id, id),
  foreign key (organisation_id, ask_id) references asks (organisation_id, id),
  foreign key (organisation_id, sending_id) references ask_sendings (organisation_id, id),
  foreign key (organisation_id, by_person_id) references people (organisation_id, id),
  foreign key (organisation_id, by_contact_id) references contacts (organisation_id, id),
  check ((by_person_id is null) <> (by_contact_id is null)),
  check (answered_at is not null or answer = '')
);
create index inquiries_of on ask_inquiries (organisation_id, sending_id, id);
create unique index one_inquiry_waits on ask_inquiries (organisation_id, sending_id) where answered_at is null;

-- A yes that needs somebody else's yes for the money. The first yes waits here; the second makes
-- it the answer, and a no of either is the answer.
create table ask_approvals (
  organisation_id text not null,
  id text not null,
  ask_id text not null,
  sending_id text not null,
  first_person_id text,              -- who said yes from their side
  first_contact_id text,
  said_at bigint not null,
  answer text not null,
  conditions text not null,          -- what must be shown, one a line
  reason text not null,
  feedback text not null,
  cost_centre text not null,
  with_person_id text,               -- who says yes or no to the money
  with_contact_id text,
  words text not null,               -- of the second
  ended_at bigint,
  ended_how text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, ask_id) references asks (organisation_id, id),
  foreign key (organisation_id, sending_id) references ask_sendings (organisation_id, id),
  foreign key (organisation_id, first_person_id) references people (organisation_id, id),
  foreign key (organisation_id, first_contact_id) references contacts (organisation_id, id),
  foreign key (organisation_id, with_person_id) references people (organisation_id, id),
  foreign key (organisation_id, with_contact_id) references contacts (organisation_id, id),
  check ((first_person_id is null) <> (first_contact_id is null)),
  check ((with_person_id is null) <> (with_contact_id is null)),
  check (first_person_id is null or with_person_id is null or first_person_id <> with_person_id),
  check (answer in ('yes', 'yes with conditions')),
  check (ended_how in ('', 'yes', 'not now', 'no', 'taken back', 'returned', 'withdrawn')),
  check ((ended_at is null) = (ended_how = ''))
);
create index approvals_of on ask_approvals (organisation_id, sending_id, id);
create index approvals_with on ask_approvals (organisation_id, with_person_id, ask_id);
create unique index one_approval_stands on ask_approvals (organisation_id, sending_id)
  where ended_how in ('', 'yes', 'not now', 'no');

-- Thanks after any answer, in one line; where the money is booked; the day on which what was
-- granted is told back.
alter table decisions add column thanks text not null default '';
alter table decisions add column thanked_at bigint;
alter table decisions add column cost_centre text not null default '';
alter table decisions add column tell_on text;

-- What must be shown is drawn up together: either side proposes, the other agrees.
create table criterion_proposals (
  organisation_id text not null,
  id text not null,
  ask_id text not null,
  criterion_id text,                 -- null: a new one
  by_person_id text,                 -- null: the contact
  act text not null,
  words text not null,
  was_words text not null,
  note text not null,
  at bigint not null,
  state text not null,
  answered_at bigint,
  primary key (organisation_id, id),
  foreign key (organisation_id, ask_id) references decisions (organisation_id, ask_id),
  foreign key (organisation_id, criterion_id) references criteria (organisation_id, id),
  foreign key (organisation_id, by_person_id) references people (organisation_id, id),
  check (act in ('add', 'change', 'drop')),
  check (state in ('waiting', 'agreed', 'declined', 'withdrawn')),
  check ((criterion_id is null) or act <> 'add' or state = 'agreed'),
  check ((answered_at is null) = (state = 'waiting'))
);
create index criterion_proposals_of on criterion_proposals (organisation_id, ask_id, id);
create unique index one_proposal_waits on criterion_proposals (organisation_id, criterion_id) where state = 'waiting' and criterion_id is not null;

-- Both agreed that it need not be shown any more.
alter table criteria add column dropped_at bigint;

-- The wins that back a criterion, as they were when they were brought.
create table criterion_wins (
  organisation_id text not null,
  id text not null,
  criterion_id text not null,
  position bigint not null,
  win_id text not null,
  day text,
  words text not null,
  effect text not null,
  figure text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, criterion_id) references criteria (organisation_id, id)
);
create index wins_of_criterion on criterion_wins (organisation_id, criterion_id, position);

-- What became of what was granted: its owner's alone until they tell it back.
create table granted_steps (
  organisation_id text not null,
  id text not null,
  ask_id text not null,
  kind text not null,
  day text not null,
  place text not null,               -- where it was put into practice, whom it was taught to
  words text not null,
  minor bigint not null,             -- what it returned, in the smallest unit of the currency
  currency text not null,
  hours bigint not null,
  created_at bigint not null,
  told_at bigint,                    -- null: its owner's alone
  primary key (organisation_id, id),
  foreign key (organisation_id, ask_id) references decisions (organisation_id, ask_id),
  check (kind in ('done', 'learned', 'practice', 'taught', 'return'))
);
create index granted_steps_of on granted_steps (organisation_id, ask_id, day, id);

-- The thanks with which it was told back.
create table granted_tellings (
  organisation_id text not null,
  id text not null,
  ask_id text not null,
  thanks text not null,
  at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, ask_id) references decisions (organisation_id, ask_id)
);
create index tellings_of on granted_tellings (organisation_id, ask_id, id);
