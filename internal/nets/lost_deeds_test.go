package nets

// deed is a kind of write: the form that does it, where it leads, and what stands afterwards,
// all of it or nothing. In forms and queries {text} is a text like no other, {thing} what it is
// done to, {other} a further thing that it names, {since} an identifier from before.
type deed struct {
	name   string
	byLead bool   // done by the manager of the writer
	to     string // the kind of thing that it is done to
	with   string // the kind of a further thing that it names
	gives  string // the kind of thing that there is afterwards, to go on with
	most   int    // how often somebody may do it within a day; 0: as often as they like
	still  bool   // the thing that it is done to stays in its revision
	path   string
	form   map[string]string
	leads  string   // where an acknowledgement leads; empty: it is a plain answer
	parts  []string // each finds one row, or none of them does
	texts  []string // the queries that find the texts of all such writes
}

// deeds are those on what is a person's own.
var deeds = append([]deed{
	{
		name: "a question asked", gives: "asking", path: "/askings", leads: "/askings/{new}",
		form:  map[string]string{"wording": "{text}", "to": "self"},
		parts: []string{row("askings", "wording"), happened("question asked", "askings", "wording")},
		texts: []string{"select wording from askings"},
	},
	{
		name: "an answer", to: "asking", gives: "answered asking", path: "/askings/{id}/answer", leads: "/askings/{thing}",
		form:  map[string]string{"answer": "{text}"},
		parts: []string{says("askings", "answer"), happenedTo("question answered", "select answered_at from askings where "+it)},
		texts: []string{"select answer from askings", earlier("asking", "answer")},
	},
	{
		name: "an answer mended", to: "answered asking", gives: "answered asking", path: "/askings/{id}/answer", leads: "/askings/{thing}",
		form:  map[string]string{"answer": "{text}"},
		parts: []string{says("askings", "answer"), kept, happenedTo("question answered", keptAt)},
		texts: []string{"select answer from askings", earlier("asking", "answer")},
	},
	{
		name: "a win", gives: "win", path: "/wins", leads: "/wins/{new}",
		form:  map[string]string{"what": "{text}"},
		parts: []string{row("wins", "what"), happened("win added", "wins", "what")},
		texts: []string{"select what from wins"},
	},
	{
		name: "what a win changed, and the goal behind it", to: "win", with: "goal", path: "/wins/{id}", leads: "/wins",
		form: map[string]string{"what": "{had}", "effect": "{text}", "backs": "goal:{other}"},
		parts: []string{says("wins", "effect"), kept, happenedTo("win changed", keptAt), happenedTo("win linked", keptAt),
			"select count(*) from win_goals where " + within + " and win_id = '{thing}' and goal_id = '{other}'"},
		texts: []string{"select effect from wins"},
	},
	{
		name: "a goal", gives: "goal", path: "/goals", leads: "/goals/{new}",
		form:  map[string]string{"title": "{text}", "area": "professional"},
		parts: []string{row("goals", "title"), happened("goal added", "goals", "title")},
		texts: []string{"select title from goals"},
	},
	{
		name: "a goal changed", to: "goal", gives: "goal", path: "/goals/{id}", leads: "/goals/{thing}",
		form:  map[string]string{"title": "{had}", "specific": "{text}"},
		parts: []string{says("goals", "specific"), kept, happenedTo("goal changed", keptAt)},
		texts: []string{"select specific from goals", earlier("goal", "specific")},
	},
	{
		name: "a step", to: "goal", gives: "goal", still: true, path: "/goals/{id}/steps", leads: "/goals/{thing}#steps",
		form: map[string]string{"words": "{text}", "activity": "book"},
		parts: []string{row("steps", "words"), happened("step added", "steps", "words"),
			"select count(*) from steps where " + late + " and goal_id = '{thing}' and words = '{text}'"},
		texts: []string{"select words from steps"},
	},
	{
		name: "a goal shared with the manager", to: "goal", gives: "shared goal", still: true, path: "/goals/{id}/share", leads: "/goals/{thing}/share",
		form: map[string]string{"with": "manager"},
		parts: []string{"select count(*) from shares where " + late + " and thing_id = '{thing}' and role = 'manager'",
			"select count(*) from events where " + late + " and kind = 'shared' and thing_id in (select id from shares where " + late + " and thing_id = '{thing}')"},
	},
	{
		name: "a goal closed", to: "shared goal", path: "/goals/{id}/reviews", leads: "/goals/{thing}#back",
		form:  map[string]string{"how": "done", "learned": "{text}"},
		parts: []string{says("goals", "learned"), kept, happenedTo("goal closed", keptAt)},
		texts: []string{"select learned from goals"},
	},
	{
		name: "an entry of the journal", path: "/journal", leads: "/journal",
		form:  map[string]string{"words": "{text}"},
		parts: []string{row("journal_entries", "words"), happened("journal entry added", "journal_entries", "words")},
		texts: []string{"select words from journal_entries where id not in (select entry_id from askings where entry_id is not null)"},
	},
}, between...)

const (
	within = "organisation_id = '{org}'"
	late   = within + " and id > '{since}'"
	it     = within + " and id = '{thing}'"
	keptAt = "select at from revisions where " + within + " and thing_id = '{thing}' and revision = {revision}"

	// kept finds that the text which the write replaced is among the earlier ones.
	kept = "select count(*) from revisions where " + within + " and thing_id = '{thing}' and revision = {revision}"
)

// row finds the row that the write made, by its text.
func row(table, column string) string {
	return "select count(*) from " + table + " where " + late + " and " + column + " = '{text}'"
}

// happened finds the event of making that row.
func happened(kind, table, column string) string {
	return "select count(*) from events where " + late + " and kind = '" + kind + "' and thing_id in (select id from " + table +
		" where " + late + " and " + column + " = '{text}')"
}

// says finds the text that the write put into a row, there or, replaced since, among the
// earlier ones.
func says(table, column string) string {
	return "select (select count(*) from " + table + " where " + it + " and " + column + " = '{text}')" +
		" + (select count(*) > 0 from revisions where " + within + " and thing_id = '{thing}' and text like '%\"" + column + "\":\"{text}\"%'" +
		" and not exists (select 1 from " + table + " where " + it + " and " + column + " = '{text}'))"
}

// happenedTo finds the event that tells of the change, of the same moment as it.
func happenedTo(kind, moment string) string {
	return "select count(*) from events where " + within + " and thing_id = '{thing}' and kind = '" + kind + "' and at = (" + moment + ")"
}

// told finds the job of the notice that goes to somebody, of the same moment.
func told(who, moment string) string {
	return "select count(*) from jobs where key = 'notice {" + who + "} ' || (" + moment + ")"
}

// earlier finds all earlier texts of things of a kind.
func earlier(kind, field string) string {
	return "select distinct json_extract(text, '$." + field + "') from revisions r where thing_kind = '" + kind + "'" +
		" and not exists (select 1 from " + kind + "s t where t.id = r.thing_id and t." + field + " = json_extract(r.text, '$." + field + "'))"
}
