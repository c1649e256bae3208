-- What somebody writes who would like to take part is read by the one who was named to them as who decides, and by
-- nobody who comes to answer in that one's place. Null: by programme owners where it waits for them, or by nobody.
alter table programme_places add column written_for_id text;

update programme_places set written_for_id = coalesce(decided_by_id, (
  select case
    when p.decides = 'poster' then p.posted_by_id
    when b.owner_id <> programme_places.person_id then b.owner_id
    when b.second_id is not null then b.second_id
    else (select l.manager_id from reporting_lines l
      where l.organisation_id = b.organisation_id and l.person_id = b.owner_id and l.ended_at is null)
  end
  from programmes p
  left join budgets b on b.organisation_id = p.organisation_id and b.id = p.budget_id
  where p.organisation_id = programme_places.organisation_id and p.id = programme_places.programme_id and p.decides <> 'nobody'))
where waits_for = '';
