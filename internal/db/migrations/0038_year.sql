-- The years with a contact are found without reading those of everybody.
create index cadences_with_contact on cadences (organisation_id, partner_contact_id) where partner_contact_id is not null;
