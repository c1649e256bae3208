package nets

// deed is a kind of write: the form that does it, where it leads, and what stands afterwards,
// all of it or nothing. In forms and queries {text} is a text like no other, {thing} what it is
// done to, {since} an identifier from before.
type deed struct {
	name   string
	byLead bool   // done by the manager of the writer
	to     string // the kind of thing that it is done to
	gives  string // the kind of thing that there is afterwards, to go on with
	path   string
	form   map[string]string
	leads  string   // where an acknowledgement leads
	parts  []string // each finds one row, or none of them does
	texts  []string // the queries that find the texts of all such writes
}

var deeds = []deed{
	{
		name: "a question asked", gives: "asking", path: "/askings", leads: "/askings/[^/]+",
		form:  map[string]string{"wording": "{text}", "to": "self"},
		parts: []string{row("askings", "wording"), happened("question asked", "askings", "wording")},
		texts: []string{"select wording from askings"},
	},
	{
		name: "an answer", to: "asking", gives: "answered asking", path: "/askings/{id}/answer", leads: "/askings/{thing}",
		form:  map[string]string{"answer": "{text}"},
		parts: []string{says("askings", "answer"), happenedTo("question answered", "select answered_at from askings where "+it)},
		texts: []string{"select answer from askings", "select json_extract(text, '$.answer') from revisions where thing_kind = 'asking'"},
	},
	{
		name: "an answer mended", to: "answered asking", gives: "answered asking", path: "/askings/{id}/answer", leads: "/askings/{thing}",
		form:  map[string]string{"answer": "{text}"},
		parts: []string{says("askings", "answer"), kept(), happenedTo("question answered", keptAt)},
		texts: []string{"select answer from askings", "select json_extract(text, '$.answer') from revisions where thing_kind = 'asking'"},
	},
}

const (
	within = "organisation_id = '{org}'"
	late   = within + " and id > '{since}'"
	it     = within + " and id = '{thing}'"
	keptAt = "select at from revisions where " + within + " and thing_id = '{thing}' and revision = {revision}"
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
		" + (select count(*) from revisions where " + within + " and thing_id = '{thing}' and text like '%\"{text}\"%')"
}

// kept finds that the text which the write replaced is among the earlier ones.
func kept() string {
	return "select count(*) from revisions where " + within + " and thing_id = '{thing}' and revision = {revision}"
}

// happenedTo finds the event that tells of the change, of the same moment as it.
func happenedTo(kind, moment string) string {
	return "select count(*) from events where " + within + " and thing_id = '{thing}' and kind = '" + kind + "' and at = (" + moment + ")"
}
