-- The year of two: how often they meet, and what is laid out of it.

create table cadences (
  organisation_id text not null references organisations (id),
  id text not null,
  owner_id text not null,            -- whose growth it is about
  partner_id text,                   -- with whom: a person, or a contact of the owner
  partner_contact_id text,
  line_id text,                      -- the reporting line between the two, where they have one
  state text not null,
  kinds text not null,               -- of the deep conversations, in their order
  deep_minutes bigint not null,
  deep_months bigint not null,       -- from one deep conversation to the next
  sprint_minutes bigint not null,
  sprint_months bigint not null,     -- 0: none
  by_id text not null,               -- who began it, or proposed it
  by_contact_id text,                -- in what was brought along
  since text,                        -- the day from which it counts; null: it does not yet
  laid_until text,                   -- the last day for which it is laid out
  brought_along boolean not null,    -- a record from another installation
  revision bigint not null,
  created_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id),
  foreign key (organisation_id, partner_id) references people (organisation_id, id),
  foreign key (organisation_id, partner_contact_id) references contacts (organisation_id, id),
  foreign key (organisation_id, line_id) references reporting_lines (organisation_id, id),
  foreign key (organisation_id, by_id) references people (organisation_id, id),
  check ((partner_id is null) <> (partner_contact_id is null)),
  check (partner_id is null or partner_id <> owner_id),
  check (state in ('proposed', 'standing', 'paused', 'declined', 'ended'))
);
create index cadences_of on cadences (organisation_id, owner_id, id);
create index cadences_with on cadences (organisation_id, partner_id, id);
create index cadences_of_line on cadences (organisation_id, line_id);
create unique index one_cadence on cadences (organisation_id, owner_id, partner_id)
  where partner_id is not null and not brought_along and state in ('proposed', 'standing', 'paused');
create unique index one_cadence_with_contact on cadences (organisation_id, owner_id, partner_contact_id)
  where partner_contact_id is not null and not brought_along and state in ('proposed', 'standing', 'paused');

-- What a rhythm wanted and found no time for.
create table cadence_gaps (
  organisation_id text not null,
  cadence_id text not null,
  month text not null,               -- its first day
  kind text not null,
  minutes bigint not null,
  why text not null,
  primary key (organisation_id, cadence_id, month),
  foreign key (organisation_id, cadence_id) references cadences (organisation_id, id)
);

-- The rhythm that an organisation suggests, and its contracted hours.
create table suggested_rhythms (
  organisation_id text primary key references organisations (id),
  kinds text not null,
  deep_minutes bigint not null,
  deep_months bigint not null,
  sprint_minutes bigint not null,
  sprint_months bigint not null,
  hours_a_year bigint not null,
  revision bigint not null,
  changed_at bigint not null
);

-- A planned conversation is an agreed one at whose time nobody was asked: the rhythm says it.
alter table conversations add column planned boolean not null default false;
alter table conversations add column cadence_id text;
alter table conversations add column month text;                            -- of the rhythm, that it stands for: its first day
alter table conversations add column skipped_for text not null default '';  -- why it was skipped, or put off
alter table conversations add column skipped_words text not null default '';
create unique index one_conversation_a_month on conversations (organisation_id, cadence_id, month)
  where cadence_id is not null and not brought_along and cancelled_because <> 'rhythm';
create index planned_of on conversations (organisation_id, owner_id, at) where planned;
