-- What one contact was sent to a conversation, under its earlier addresses too, is counted by the conversation.
create index invitations_of_conversation on invitations (organisation_id, conversation_id);
