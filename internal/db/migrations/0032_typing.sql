-- What is typed into the texts of conversations, change by change, in the order of the server: so
-- that two may type into one text at once. The text itself always holds the result; once it has been
-- quiet for a while, only the last change of each page is kept, by which one that is sent again is known.

create table conversation_typing (
  organisation_id text not null,
  text_id text not null,
  revision bigint not null,          -- of the text, after the change
  site text not null,                -- the page on which it was typed
  number bigint not null,            -- there
  change text not null,
  at bigint not null,
  primary key (organisation_id, text_id, revision),
  foreign key (organisation_id, text_id) references conversation_texts (organisation_id, id)
);
create unique index typed_once on conversation_typing (organisation_id, text_id, site, number);
create index typing_by_age on conversation_typing (at);
