-- Conversations in people's own calendars: invitations by mail, their answers, and feeds.

-- What the calendar of one side holds of a conversation. The uid is for life, is known to nobody but its receiver, and so
-- proves an answer; the sequence rises with each change, in the transaction of the change.
create table invitations (
  organisation_id text not null,
  id text not null,
  conversation_id text not null,
  person_id text not null,
  uid text not null,
  sequence bigint not null,
  stands boolean not null,           -- false: it is taken out of the calendar
  certain boolean not null,          -- false: the time waits for a yes
  at bigint not null,
  minutes bigint not null,
  changed_at bigint not null,
  mailed_sequence bigint,            -- the last that went out, or may have; null: none
  address text not null,             -- where that went
  answer text not null,              -- to the present sequence: '', 'yes', 'no' or 'perhaps'
  answered_at bigint,                -- when the answer was given, as its mail says
  counters bigint not null,          -- how often another time was proposed by mail
  primary key (organisation_id, id),
  foreign key (organisation_id, conversation_id) references conversations (organisation_id, id),
  foreign key (organisation_id, person_id) references people (organisation_id, id),
  check (answer in ('', 'yes', 'no', 'perhaps')),
  check ((answer = '') = (answered_at is null))
);
create unique index invitation_of on invitations (organisation_id, conversation_id, person_id);
create unique index invitation_by_uid on invitations (uid);
create index invitations_to on invitations (organisation_id, person_id, at);

-- Who wants no invitations.
create table uninvited (
  organisation_id text not null,
  person_id text not null,
  since bigint not null,
  primary key (organisation_id, person_id),
  foreign key (organisation_id, person_id) references people (organisation_id, id)
);

-- The secret address under which a calendar program reads what is coming for somebody.
create table calendar_feeds (
  organisation_id text not null,
  person_id text not null,
  token_hash text not null,
  made_at bigint not null,
  primary key (organisation_id, person_id),
  foreign key (organisation_id, person_id) references people (organisation_id, id)
);
create unique index feed_by_token on calendar_feeds (token_hash);

-- Mails that were answered to, so that none is taken twice.
create table received_mails (
  mail_hash text not null primary key,
  received_at bigint not null
);
