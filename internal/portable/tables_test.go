package portable_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/testkit"
)

// exported are the columns with words of people that go into the export of the person whose they
// are, with the table that is asked for one row of theirs.
var exported = []string{
	"people.name", "people.first_name", "people.email", "people.job_title", "people.level", "people.department", "people.location",
	"people.employment", "people.time_zone",
	"contacts.name", "contacts.email", "contacts.about", "revisions.text",
	"plan_texts.words", "plan_values.word", "plan_values.meaning", "skills.name", "skills.note",
	"outside_roles.name", "outside_roles.about", "outside_asks.skill", "skill_views.skill", "skill_views.name", "skill_views.note", "skill_views.words",
	"goals.title", "goals.specific", "goals.measured", "goals.attainable", "goals.relevant", "goals.serves", "goals.learned", "goal_reviews.learned",
	"steps.words", "steps.activity", "steps.cue", "steps.response",
	"wins.what", "wins.effect", "wins.figure", "confirmations.name", "confirmations.note", "confirmations.words", "stories.title", "stories.words", "journal_entries.words",
	"question_cards.text", "askings.wording", "askings.to_name", "askings.answer", "askings.note", "askings.back", "askings.reply",
	"suggested.words", "suggested.by_name", "needs.words",
	"asks.what", "asks.why", "asks.gives", "asks.currency", "asks.cost_centre",
	"ask_sendings.what", "ask_sendings.why", "ask_sendings.gives", "ask_sendings.currency", "ask_sendings.cost_centre",
	"pitch_texts.words", "sent_sections.words", "evidence_files.url", "evidence_files.name", "evidence_files.content",
	"sent_evidence.words", "sent_evidence.effect", "sent_evidence.figure", "ask_hands.note",
	"decisions.reason", "decisions.feedback", "decisions.alternative", "decisions.alternative_kind",
	"decisions.heard_reason", "decisions.heard_feedback", "decisions.heard_alternative",
	"criteria.words", "criteria.evidence", "criteria.verdict_words",
	"ask_inquiries.question", "ask_inquiries.answer",
	"ask_approvals.conditions", "ask_approvals.reason", "ask_approvals.feedback", "ask_approvals.cost_centre", "ask_approvals.words",
	"decisions.cost_centre", "decisions.thanks",
	"criterion_proposals.words", "criterion_proposals.was_words", "criterion_proposals.note",
	"criterion_wins.words", "criterion_wins.effect", "criterion_wins.figure",
	"granted_steps.place", "granted_steps.words", "granted_steps.currency", "granted_tellings.thanks",
	"commitments.words", "commitment_changes.words", "commitment_changes.note", "commitment_changes.was_words", "commitment_acts.words",
	"conversation_texts.words", "agenda_items.words", "conversations.skipped_words",
	"proposals.words", "proposals.measured", "proposals.why", "proposals.answer", "copies.note", "copies.content",
	"comments.field", "comments.quote", "comments.words", "comments.answer",
	"brought_records.content",
	"assessments.role_name", "assessments.level_key", "assessments.level_name", "assessments.note",
	"assessment_lines.key", "assessment_lines.theme", "assessment_lines.skill", "assessment_lines.words", "assessment_lines.behaviour",
	"roles.name", "roles.adapts_name", "role_versions.name", "role_versions.about", "role_levels.name", "role_levels.about", "role_levels.track", "role_levels.key",
	"expectations.theme", "expectations.skill", "expectations.words", "expectations.examples", "expectations.key",
	"directions.words", "directions.department",
	"dates.title", "dates.note", "previews.note", "previews.content",
	"work_times.place", "calendars.address", "calendars.user_name",
}

// notExported says of each other column of text why it holds nothing to take along.
var notExported = map[string]string{
	"organisations.name": "the organisation's", "organisations.time_zone": "the organisation's",
	"people.name_key": "made from the name", "people.imported": "what the last people file said: the organisation's",
	"people.account_name": "the organisation's", "people.employee_number": "the organisation's", "people.external_id": "the organisation's",
	"addresses.address":      "by which they sign in here; each installation confirms its own",
	"sessions.device":        "of a browser that is signed in here",
	"sign_ins.address":       "typed by whoever asked for a code; gone after a day",
	"question_links.purpose": "links stay behind", "question_links.address": "links stay behind; who was asked stands with what was asked",
	"question_links.delivery": "links stay behind",
	"question_cards.stage":    "as the text says", "question_cards.asked_of": "as the text says",
	"question_cards.asker": "as the text says", "question_cards.title": "as the text says", "question_cards.name": "as the text says",
	"suggestions_let_go.moment":     "a kind, no words",
	"askings.way":                   "a kind, no words",
	"stories.form":                  "a kind, no words",
	"dates.shows":                   "a kind, no words",
	"programme_places.waits_for":    "whose office it waits for here: no words of anybody",
	"conversation_texts.left_words": "an earlier text of words, which are exported with their earlier texts; in the place of words where it is all that one reads",
	"conversation_typing.site":      "names an open page, no words", "conversation_typing.change": "what it leads to stands in conversation_texts.words",
	"cadences.laid_until": "made by the program", "cadence_gaps.month": "made by the program", "cadence_gaps.why": "made by the program",
	"suggested_rhythms.kinds": "the organisation's", "conversations.month": "a day, no words", "conversations.skipped_for": "a kind, no words",
	"cadences.kinds": "kinds, no words", "cadences.since": "a day, no words",
	"unwanted_notices.kind": "a switch of this installation, no words",
	"figure_months.month":   "a day, no words", "figure_tables.month": "a day, no words", "figure_tables.figure": "a kind, no words", "figure_tables.cells": "rounded figures about groups: the organisation's",
	"chat_settings.hosts": "the organisation's", "chat_places.service": "a switch of this installation, no words",
	"chat_places.host": "a switch of this installation: the address is a secret and stays behind", "chat_places.sealed": "a secret of this installation", "chat_places.failure": "made by the program",
	"secrets.name": "of the installation", "secrets.secret": "of the installation",
	"digests.told_week": "made by the program", "digest_counts.counts": "figures of a mail, made by the program",
	"bounced_addresses.address": "found by this installation", "bounced_addresses.status": "what a mail server said",
	"quiet_addresses.address": "for this installation to keep quiet", "quiet_addresses.kind": "a switch of this installation, no words",
	"digests.zone": "a setting of this installation", "digest_counts.week": "made by the program",
	"invitations.uid": "made by the program", "invitations.address": "where an invitation went; addresses stay behind",
	"sent_files.name": "of a file that an administrator chose", "sent_files.columns": "of a file that an administrator chose",
	"pitch_texts.name": "a kind, no words", "sent_sections.name": "a kind, no words",
	"evidence_files.media_type": "found in the content",
	"evidence_files.digest":     "made from the content",
	"sign_ins.asker":            "a hash of where a code was asked for from; gone after a day",
	"sign_ins.purpose":          "what a code is for; gone after a day",
	"sent_files.content":        "of a file that an administrator chose", "person_exports.content": "an export itself, encrypted",
	"skill_entries.name": "the organisation's list", "skill_entries.description": "the organisation's list", "skill_entries.source": "the organisation's list",
	"skill_names.name": "the organisation's list", "skill_names.name_key": "made from the name", "skill_words.words": "made from the name",
	"holiday_lists.name": "the organisation's", "holiday_lists.name_key": "made from the name", "holiday_list_days.name": "the organisation's",
	"office_holidays.office": "the organisation's", "office_holidays.name": "the organisation's", "office_holidays.place": "the organisation's",
	"work_times.holidays": "a kind, no words", "work_times.hours": "times of day, no words; they are in the file as people write them", "calendars.password": "stays with the installation whose key seals it",
	"calendars.etag": "of what was read last", "calendars.busy": "times alone, read again elsewhere", "calendars.failure": "a kind, no words",
	"shares.section": "shares stay behind", "shares.role": "shares stay behind",
}

// The organisation's roles, and what is made of names.
func init() {
	for _, name := range []string{"frameworks.name", "role_skills.name", "role_skills.about", "role_skills.behaviour", "role_matches.role_level", "role_versions.source"} {
		notExported[name] = "the organisation's"
	}
	for _, name := range []string{"frameworks.name_key", "roles.name_key", "roles.key", "role_skills.skill_key", "expectations.skill_key", "role_matches.title_key", "role_matches.level_key", "directions.department_key"} {
		notExported[name] = "made from a name"
	}
}

// tablesOfWords are the tables with their columns that can hold words.
func tablesOfWords(t testing.TB, s testkit.Store) map[string][]string {
	t.Helper()
	schema := testkit.SQLite(t)
	tables := map[string][]string{}
	testkit.Read(t, schema, func(tx *db.Tx) (struct{}, error) {
		_, err := db.List(tx, func(row db.Row) (struct{}, error) {
			var table, column, kind string
			err := row.Scan(&table, &column, &kind)
			if strings.EqualFold(kind, "text") || strings.EqualFold(kind, "blob") {
				tables[table] = append(tables[table], column)
			}
			return struct{}{}, err
		}, "select m.name, c.name, c.type from sqlite_master m join pragma_table_info(m.name) c on 1 = 1 where m.type = 'table' and m.name not like 'sqlite%' order by m.name, c.cid")
		return struct{}{}, err
	})
	return tables
}

// holdsNoWords tells of a column by its name, or by what its table is for, that it holds ids,
// kinds, states, days and hashes.
func holdsNoWords(table, column string) bool {
	switch table {
	case "events", "jobs", "form_keys", "links", "schema_versions", "looks", "reporting_lines", "accounts", "win_goals", "win_skills", "ask_evidence", "goal_directions":
		return true
	}
	for _, end := range []string{"_id", "_on", "_kind", "_how", "_because", "_hash", "due", "check_in"} {
		if strings.HasSuffix(column, end) {
			return column != "alternative_kind"
		}
	}
	switch table + "." + column {
	case "askings.answer", "proposals.answer", "comments.answer", "unwanted_notices.kind", "shares.section":
		return false
	}
	return slices.Contains([]string{"id", "scope", "kind", "state", "day", "decide_by", "section", "area", "act", "answer", "verdict", "every", "until", "anchor", "rhythm", "how"}, column)
}

func TestEveryColumnOfWordsIsExportedOrHasAReason(t *testing.T) {
	for table, columns := range tablesOfWords(t, testkit.Store{}) {
		for _, column := range columns {
			name := table + "." + column
			_, reason := notExported[name]
			if !reason && !holdsNoWords(table, column) && !slices.Contains(exported, name) {
				t.Errorf("%s is new: export it and put it in exported, or say in notExported why not", name)
			}
		}
	}
}

// TestWhatStandsInTheListIsInTheFile writes a mark into each column and finds it in the export.
func TestWhatStandsInTheListIsInTheFile(t *testing.T) {
	s := testkit.SQLite(t)
	r := newRich(t, s)
	// A record of what was another's comes only with an import.
	whole := export(t, s, r.Ines)
	empty := testkit.SQLite(t)
	me := founds(t, empty, whole)
	for _, name := range exported {
		table, column, _ := strings.Cut(name, ".")
		where, who := s, r.Ines
		mark := "zqmark"
		set := column + " = 'zqmark'"
		switch name {
		case "people.email":
			set = "email = email || 'zqmark'"
		case "revisions.text":
			set = `text = '{"words":"zqmark"}'`
		case "copies.content":
			set = `content = replace(content, 'Craft', 'zqmark')`
		case "previews.content":
			set = `content = replace(content, 'Four days', 'zqmark')`
		case "brought_records.content":
			where, who = empty, me
			set = `content = replace(content, 'A book', 'zqmark')`
		case "win_files.content", "evidence_files.content":
			set = "content = cast('zqmark' as blob)"
		case "expectations.examples":
			set = `examples = '["zqmark"]'`
		case "directions.department":
			set = "department = 'zqmark', department_key = 'zqmark'"
		case "asks.currency", "ask_sendings.currency":
			mark, set = "XTS", column+" = 'XTS', cost_minor = 1"
		}
		found := undone(t, where, "update "+table+" set "+set, func(tx *db.Tx) string {
			content, err := exportIn(tx, who)
			if err != nil {
				t.Fatal(err)
			}
			all := files(t, content)
			said := all["person.json"]
			for name, text := range all {
				if strings.HasPrefix(name, "files/") {
					said += text
				}
			}
			return said
		})
		if !strings.Contains(found, mark) {
			t.Errorf("%s is listed as exported, and what stands there is not in the file", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(notExported)) {
		if slices.Contains(exported, name) {
			t.Errorf("%s stands in both lists", name)
		}
	}
}
