package nets

const (
	sentAt    = "select sent_at from ask_sendings where " + late + " and ask_id = '{thing}'"
	decidedAt = "select at from decisions where " + within + " and ask_id = '{thing}'"
	madeAt    = "select created_at from commitments where " + late + " and words = '{text}'"
	didAt     = "select at from commitment_acts where " + late + " and commitment_id = '{thing}' and words = '{text}'"
	theTalk   = "select id from conversations where " + late + " and owner_id = '{me}' and at = {at}"
)

// between are the deeds between a person and their manager.
var between = []deed{
	{
		name: "an ask begun, with a win", with: "win", gives: "draft", path: "/asks", leads: "/asks/{new}",
		form: map[string]string{"what": "{text}", "kind": "programme", "whom": "person:{lead}", "wins": "{other}"},
		parts: []string{row("asks", "what"), happened("ask begun", "asks", "what"),
			"select count(*) from ask_evidence e join asks a on a.id = e.ask_id where " + late2("a") + " and a.what = '{text}'"},
		texts: []string{"select what from asks"},
	},
	{
		name: "an ask changed and sent", to: "draft", with: "win", gives: "sent ask", path: "/asks/{id}", leads: "/asks/{thing}",
		form: map[string]string{"what": "{had}", "why": "{text}", "kind": "programme", "whom": "person:{lead}", "wins": "{other}", "do": "send"},
		parts: []string{says("asks", "why"), kept, row("ask_sendings", "why"),
			"select count(*) from sent_evidence where " + late + " and sending_id in (select id from ask_sendings where " + late + " and ask_id = '{thing}')",
			happenedTo("ask changed", keptAt), happenedTo("ask sent", sentAt), told("lead", sentAt),
			"select count(*) from asks where " + it + " and state <> 'draft'"},
		texts: []string{"select why from ask_sendings"},
	},
	{
		name: "a yes with conditions and a promise", byLead: true, to: "sent ask", path: "/asks/{id}/decision", leads: "/asks/{thing}",
		form: map[string]string{"says": "yes with conditions", "conditions": "{text} first\n{text} second", "reason": "{text}",
			"promise_0_words": "{text} promised", "promise_0_due": "{soon}", "promise_0_by": "asked"},
		parts: []string{
			"select count(*) from decisions where " + within + " and ask_id = '{thing}' and reason = '{text}'",
			"select count(*) / 2 from criteria where " + late + " and ask_id = '{thing}'",
			"select count(*) from commitments where " + late + " and words = '{text} promised' and origin_id = '{thing}'",
			"select count(*) from commitment_acts where " + late + " and at = (" + decidedAt + ") and act = 'made' and commitment_id in (select id from commitments where " + late + " and origin_id = '{thing}')",
			happenedTo("ask decided", decidedAt), told("me", decidedAt),
			"select count(*) from asks where " + it + " and state = 'decided'"},
		texts: []string{"select reason from decisions"},
	},
	{
		name: "a no, which comes back", byLead: true, to: "sent ask", path: "/asks/{id}/decision", leads: "/asks/{thing}",
		form: map[string]string{"says": "no", "reason": "{text}", "feedback": "{text}"},
		parts: []string{
			"select count(*) from decisions where " + within + " and ask_id = '{thing}' and reason = '{text}' and feedback = '{text}' and again_on is not null",
			"select count(*) from jobs where kind = 'ask comes back' and key like '%{thing}%'",
			happenedTo("ask decided", decidedAt), told("me", decidedAt),
			"select count(*) from asks where " + it + " and state = 'decided'"},
		texts: []string{"select feedback from decisions"},
	},
	{
		name: "a question sent", gives: "sent question", most: 20, path: "/askings/ask", leads: "/askings/{new}",
		form: map[string]string{"wording": "{text}", "whom": "person:{lead}"},
		parts: []string{row("askings", "wording"), happened("question sent", "askings", "wording"),
			"select count(*) from jobs where key = 'notice {lead} ' || (select id from askings where " + late + " and wording = '{text}')"},
		texts: []string{"select wording from askings where way = 'here'"},
	},
	{
		name: "a question answered", byLead: true, to: "sent question", path: "/asked/{id}", leads: "/asked/{thing}",
		form: map[string]string{"answer": "{text}"},
		parts: []string{
			"select count(*) from askings where " + it + " and answer = '{text}' and given",
			happenedTo("question answered", "select answered_at from askings where "+it),
			"select count(*) from jobs where key = 'notice {me} {thing} answer'"},
		texts: []string{"select answer from askings where way = 'here' and given"},
	},
	{
		name: "a promise", gives: "promise", path: "/promises", leads: "/promises/{new}",
		form: map[string]string{"side": "mine", "whom": "person:{lead}", "words": "{text}", "due": "{soon}"},
		parts: []string{row("commitments", "words"), happened("commitment made", "commitments", "words"), told("lead", madeAt),
			"select count(*) / 3 from jobs where kind = 'commitment reminder' and exists (select 1 from commitments c where c.words = '{text}' and jobs.key like '%' || c.id || '%' and " + late2("c") + ")",
			"select count(*) from commitment_acts where " + late + " and act = 'made' and at = (" + madeAt + ")"},
		texts: []string{"select words from commitments"},
	},
	{
		name: "a promise said to be done", to: "promise", gives: "promise done", path: "/promises/{id}/done", leads: "/promises/{thing}",
		form: map[string]string{"note_done": "{text}"},
		parts: []string{row("commitment_acts", "words"), happenedTo("commitment said done", didAt), told("lead", didAt),
			"select count(*) from commitments where " + it + " and said_done_at is not null"},
		texts: []string{"select words from commitment_acts where act = 'said done'"},
	},
	{
		name: "a promise confirmed", byLead: true, to: "promise done", path: "/promises/{id}/confirmation", leads: "/promises/{thing}",
		form: map[string]string{"note_confirm": "{text}"},
		parts: []string{row("commitment_acts", "words"), happenedTo("commitment confirmed", didAt), told("me", didAt),
			"select count(*) from commitments where " + it + " and state = 'kept'"},
		texts: []string{"select words from commitment_acts where act = 'confirmed'"},
	},
	{
		name: "a change of a promise proposed", byLead: true, to: "promise", path: "/promises/{id}/changes", leads: "/promises/{thing}",
		form: map[string]string{"words": "{text}"},
		parts: []string{row("commitment_changes", "words"),
			happenedTo("commitment change proposed", "select at from commitment_changes where "+late+" and words = '{text}'"),
			told("me", "select at from commitment_changes where "+late+" and words = '{text}'"),
			"select count(*) from commitment_acts where " + late + " and commitment_id = '{thing}' and act = 'change proposed'"},
		texts: []string{"select words from commitment_changes"},
	},
	{
		name: "a conversation requested", gives: "conversation", path: "/conversations", leads: "/conversations/{new}",
		form: map[string]string{"with": "person:{lead}", "kind": "free", "day": "{day}", "time": "{time}", "minutes": "20"},
		parts: []string{"select count(*) from conversations where " + late + " and owner_id = '{me}' and at = {at}",
			"select count(*) from events where " + late + " and kind = 'conversation requested' and thing_id = (" + theTalk + ")",
			told("lead", "select created_at from conversations where id = ("+theTalk+")")},
	},
	{
		name: "a line on the agenda", to: "conversation", gives: "conversation", still: true, path: "/conversations/{id}/agenda", leads: "/conversations/{thing}#agenda",
		form: map[string]string{"item": "{text}", "shared": "yes"},
		parts: []string{row("agenda_items", "words"),
			happenedTo("agenda changed", "select created_at from agenda_items where "+late+" and words = '{text}'")},
		texts: []string{"select words from agenda_items"},
	},
	{
		name: "a time accepted", byLead: true, to: "conversation", gives: "agreed conversation", path: "/conversations/{id}/accept", leads: "/conversations/{thing}",
		parts: []string{"select count(*) from conversations where " + it + " and state = 'agreed'",
			"select count(*) from events where " + late + " and thing_id = '{thing}' and kind = 'conversation agreed'",
			told("me", "select at from events where "+late+" and thing_id = '{thing}' and kind = 'conversation agreed'"),
			"select count(*) from jobs where kind = 'conversation reminder' and key like '%{thing}%'"},
	},
	{
		name: "shared notes", to: "agreed conversation", path: "/conversations/{id}/notes", leads: "/conversations/{thing}#notes",
		form: map[string]string{"notes": "{text}", "revision": "0"},
		parts: []string{row("conversation_texts", "words"),
			happenedTo("conversation notes written", "select changed_at from conversation_texts where "+late+" and words = '{text}'")},
		texts: []string{"select words from conversation_texts"},
	},
	{
		name: "the first words of live notes", to: "agreed conversation", gives: "typed conversation", still: true, path: "/conversations/{id}/live",
		form: map[string]string{"text": "notes", "site": "o-first{number}", "number": "1", "base": "0", "change": `["{text}"]`},
		parts: []string{typed, "select count(*) from conversation_texts where " + late + " and conversation_id = '{thing}' and words like '%{text}%'",
			"select count(*) from events where " + late + " and thing_id = '{thing}' and kind = 'conversation notes written'"},
		texts: []string{allTyped},
	},
	{
		name: "more words of live notes", byLead: true, to: "typed conversation", gives: "typed conversation", still: true, path: "/conversations/{id}/live",
		form:  map[string]string{"text": "notes", "site": "p-later{number}", "number": "1", "base": "0", "change": `["{text}"]`},
		parts: []string{typed, "select count(*) from conversation_texts where " + within + " and conversation_id = '{thing}' and words like '%{text}%'"},
		texts: []string{allTyped},
	},
}

const (
	// typed finds what was typed at once with others in the order of all that was typed.
	typed = "select count(*) from conversation_typing where " + within + " and change like '%\"{text}\"%'" +
		" and text_id in (select id from conversation_texts where " + within + " and conversation_id = '{thing}' and kind = 'notes')"
	// allTyped finds the words of every change that stand in the text into which they were typed.
	allTyped = `select words from (
			select substr(g.change, instr(g.change, 'text w'), instr(substr(g.change, instr(g.change, 'text w')), '"') - 1) words, t.words whole
			from conversation_typing g join conversation_texts t on t.id = g.text_id where g.site <> 'form')
		where instr(whole, words) > 0`
)

// late2 narrows like late, where several tables are joined.
func late2(table string) string {
	return table + ".organisation_id = '{org}' and " + table + ".id > '{since}'"
}
