-- Programme owners: people whom an administrator names to look after programmes, budgets and
-- matching rounds. Like administrators they see nothing that was not shared with them.

alter table people add column programme_owner boolean not null default false;
create index programme_owners_of on people (organisation_id, name_key, id) where programme_owner and left_at is null;
