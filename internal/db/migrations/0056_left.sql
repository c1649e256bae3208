-- A text that two share as the other side left it, before whoever changed it last went on: where the meeting falls with
-- its reporting line, what the owner put there after it is theirs alone, and what the other side wrote stays readable to it.
alter table conversation_texts add column left_words text;
alter table conversation_texts add column left_revision bigint;
alter table conversation_texts add column left_at bigint;

-- An invitation to an address that its contact has no more: it is taken out there, and another goes to the new one.
alter table invitations add column former boolean not null default false;
drop index invitation_of;
create unique index invitation_of on invitations (organisation_id, conversation_id, person_id, coalesce(contact_id, '')) where not former;
