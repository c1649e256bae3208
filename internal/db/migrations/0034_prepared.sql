-- Conversations that are prepared: the agenda by the sections of its kind, and what was not reached.

alter table agenda_items add column section text not null default '';  -- of the shape of its kind; '': in none
alter table agenda_items add column from_id text;                      -- the conversation in which it was not reached
alter table agenda_items add column onward_id text;                    -- the conversation that it went on to
