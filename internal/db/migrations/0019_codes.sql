-- Codes are limited by who asks for them too, and one kind of them deletes an account.

alter table sign_ins add column asker text not null default '';   -- where it was asked from, as a hash with the address
alter table sign_ins add column purpose text not null default ''; -- 'deletion'; empty: to sign in, or to add the address

create index people_forgotten on people (forgotten_at) where forgotten_at is not null;
