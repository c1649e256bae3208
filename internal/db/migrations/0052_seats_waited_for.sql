-- Who answers for a seat is found by an index: the poster's by what they posted, a budget's by who answers for it, and
-- what is nobody else's, since its poster has left or wants the seat, by this.
alter table programme_places add column waits_for text not null default '' check (waits_for in ('', 'programme owners'));

update programme_places set waits_for = 'programme owners'
where state = 'asked' and exists (
  select 1 from programmes p
  join people w on w.organisation_id = p.organisation_id and w.id = p.posted_by_id
  where p.organisation_id = programme_places.organisation_id and p.id = programme_places.programme_id
    and p.decides = 'poster' and (w.left_at is not null or p.posted_by_id = programme_places.person_id));

drop index places_asked;
create index places_for_owners on programme_places (organisation_id, waits_for, id) where state = 'asked';
