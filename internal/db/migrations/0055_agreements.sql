-- What a mentor and a mentee agreed, each time they both said yes. The last of these stands while a change of it waits.

create table mentorship_agreements (
  organisation_id text not null,
  mentorship_id text not null,
  revision bigint not null,          -- of the mentorship: the text to which both said yes
  aim text not null,
  rhythm text not null,
  confidentiality text not null,
  ends_on text,
  agreed_at bigint,                  -- null: before the day was kept
  primary key (organisation_id, mentorship_id, revision),
  foreign key (organisation_id, mentorship_id) references mentorships (organisation_id, id)
);

alter table mentorships add column agreed bigint;  -- the revision of the agreement that stands; null: nothing is agreed yet

insert into mentorship_agreements (organisation_id, mentorship_id, revision, aim, rhythm, confidentiality, ends_on)
select organisation_id, id, revision, aim, rhythm, confidentiality, ends_on from mentorships
where mentor_agreed = revision and mentee_agreed = revision;

update mentorships set agreed = revision where mentor_agreed = revision and mentee_agreed = revision;

-- How many people somebody took elsewhere, as their file says: nobody sees the offer here until they say it anew.
alter table mentor_profiles add column brought bigint not null default 0;
