-- Mentor and mentee once they are a pair: what they agree, their sessions, what came of it.

create table mentorships (
  organisation_id text not null,
  id text not null,                  -- of the place
  mentor_id text not null,
  mentee_id text not null,
  aim text not null,
  rhythm text not null,
  confidentiality text not null,     -- what stays between the two
  ends_on text,
  state text not null check (state in ('running', 'paused', 'ended')),
  because text not null check (because in ('', 'side', 'line', 'left')),  -- why it pauses, or ended
  revision bigint not null,
  mentor_agreed bigint not null,     -- the revision of the agreement to which each said yes
  mentee_agreed bigint not null,
  mentor_goes_on boolean not null,   -- while it pauses: who wants to go on all the same
  mentee_goes_on boolean not null,
  began_at bigint not null,
  ended_at bigint,
  primary key (organisation_id, id),
  foreign key (organisation_id, id) references mentor_places (organisation_id, id),
  foreign key (organisation_id, mentor_id) references people (organisation_id, id),
  foreign key (organisation_id, mentee_id) references people (organisation_id, id),
  check ((ended_at is null) = (state <> 'ended'))
);
create index mentorships_by on mentorships (organisation_id, mentor_id, id);
create index mentorships_of on mentorships (organisation_id, mentee_id, id);

-- What one of the two writes: for both, for themselves, looking back, as thanks.
create table mentorship_texts (
  organisation_id text not null,
  mentorship_id text not null,
  by_id text not null,
  kind text not null check (kind in ('shared', 'private', 'look back', 'thanks')),
  words text not null,
  revision bigint not null,
  changed_at bigint not null,
  primary key (organisation_id, mentorship_id, by_id, kind),
  foreign key (organisation_id, mentorship_id) references mentorships (organisation_id, id),
  foreign key (organisation_id, by_id) references people (organisation_id, id)
);

create table mentorship_sessions (
  organisation_id text not null,
  mentorship_id text not null,
  conversation_id text not null,
  primary key (organisation_id, mentorship_id, conversation_id),
  foreign key (organisation_id, mentorship_id) references mentorships (organisation_id, id),
  foreign key (organisation_id, conversation_id) references conversations (organisation_id, id)
);
create index mentorships_with_session on mentorship_sessions (organisation_id, conversation_id);

-- A share with "my mentor" is bound to a mentorship: it lives while that runs.
drop view live_shares;
alter table shares add column mentorship_id text;
create view live_shares as
  select s.organisation_id, s.id, s.owner_id, s.thing_kind, s.thing_id, s.section, s.viewer_id, s.role, s.began_at
  from shares s
  left join reporting_lines l on l.organisation_id = s.organisation_id and l.id = s.line_id
  left join mentorships m on m.organisation_id = s.organisation_id and m.id = s.mentorship_id
  where s.ended_at is null and (s.role = '' or (s.role = 'manager' and l.id is not null and l.ended_at is null)
    or (s.role = 'mentor' and m.state = 'running' and m.mentee_id = s.owner_id and m.mentor_id = s.viewer_id));
