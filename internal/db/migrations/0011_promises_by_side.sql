-- Promises are found by each of those who have a side in them.

create index commitments_by on commitments (organisation_id, by_person_id, id);
create index commitments_to on commitments (organisation_id, to_person_id, id);
create index commitments_kept_by on commitments (organisation_id, keeper_id, id) where keeper_id is not null;
create index changes_of on commitment_changes (organisation_id, commitment_id, id);
