-- Conversations about growth. The two sides see one; what is private in it, its writer alone.

create table conversations (
  organisation_id text not null references organisations (id),
  id text not null,
  owner_id text not null,            -- whose growth it is about
  partner_id text,                   -- with whom: a person, or a contact of the owner
  partner_contact_id text,
  line_id text,                      -- the reporting line between the two, where it was asked for in one
  kind text not null,
  state text not null,
  at bigint not null,                -- when it begins
  minutes bigint not null,
  proposed_by_id text not null,      -- who proposed this time last
  cancelled_because text not null,   -- '', 'side', 'line' or 'left'
  cancelled_by_id text,              -- null: the program
  held_at bigint,                    -- when it was noted as held
  brought_along boolean not null,    -- a record from another installation: nothing can be done with it
  revision bigint not null,
  created_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id),
  foreign key (organisation_id, partner_id) references people (organisation_id, id),
  foreign key (organisation_id, partner_contact_id) references contacts (organisation_id, id),
  foreign key (organisation_id, line_id) references reporting_lines (organisation_id, id),
  foreign key (organisation_id, proposed_by_id) references people (organisation_id, id),
  foreign key (organisation_id, cancelled_by_id) references people (organisation_id, id),
  check ((partner_id is null) <> (partner_contact_id is null)),
  check (partner_id is null or partner_id <> owner_id),
  check (kind in ('align', 'advance', 'amplify', 'advocate', 'sprint', 'free')),
  check (state in ('requested', 'agreed', 'held', 'cancelled')),
  check ((cancelled_because = '') = (state <> 'cancelled')),
  check ((held_at is not null) = (state = 'held'))
);
create index conversations_of on conversations (organisation_id, owner_id, at, id);
create index conversations_with on conversations (organisation_id, partner_id, at, id);
create index conversations_of_line on conversations (organisation_id, line_id);

-- The shared notes, what came of it, and the private notes of each side.
create table conversation_texts (
  organisation_id text not null,
  id text not null,
  conversation_id text not null,
  kind text not null,
  writer_id text,                    -- of private notes; null: both sides write and read it
  words text not null,
  revision bigint not null,
  changed_by_id text not null,
  changed_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, conversation_id) references conversations (organisation_id, id),
  foreign key (organisation_id, writer_id) references people (organisation_id, id),
  foreign key (organisation_id, changed_by_id) references people (organisation_id, id),
  check (kind in ('notes', 'outcome', 'private')),
  check ((writer_id is not null) = (kind = 'private'))
);
create unique index one_shared_text on conversation_texts (organisation_id, conversation_id, kind) where writer_id is null;
create unique index one_private_text on conversation_texts (organisation_id, conversation_id, writer_id) where writer_id is not null;

-- Things to talk about: on the list of one side, or on the agenda of both.
create table agenda_items (
  organisation_id text not null,
  id text not null,
  conversation_id text not null,
  by_id text not null,
  shared boolean not null,           -- false: who brought it sees it, nobody else
  words text not null,
  source_kind text not null,         -- the fact it was made from, so that it is not put twice
  source_id text,
  position bigint not null,
  ticked_at bigint,                  -- talked about
  created_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, conversation_id) references conversations (organisation_id, id),
  foreign key (organisation_id, by_id) references people (organisation_id, id),
  check ((source_id is null) = (source_kind = ''))
);
create index agenda_of on agenda_items (organisation_id, conversation_id, position, id);
create unique index one_shared_fact on agenda_items (organisation_id, conversation_id, source_kind, source_id) where shared and source_id is not null;
create unique index one_own_fact on agenda_items (organisation_id, conversation_id, by_id, source_kind, source_id) where not shared and source_id is not null;
