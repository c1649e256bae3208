package nets

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/testkit"
)

// words are the columns that hold what people wrote. Each must hold a mark in some world: a field
// that the no-leak test does not fill is a field that it does not watch.
var words = []string{
	"people.job_title", "people.level", "people.department", "people.location", "people.employment",
	"people.account_name", "people.employee_number", "people.external_id",
	"sent_files.name", "skill_entries.name", "skill_entries.description", "skill_names.name", "contacts.name", "contacts.email", "contacts.about", "revisions.text",
	"plan_texts.words", "plan_values.word", "plan_values.meaning", "skills.name", "skills.note", "outside_roles.name", "outside_roles.about", "outside_asks.skill", "skill_views.skill", "skill_views.name", "skill_views.note", "skill_views.words",
	"goals.title", "goals.specific", "goals.measured", "goals.attainable", "goals.relevant", "goals.serves", "goals.learned", "goal_reviews.learned",
	"steps.words", "steps.activity", "steps.cue", "steps.response", "wins.what", "wins.effect", "wins.figure", "confirmations.name", "confirmations.note", "confirmations.words", "stories.title", "stories.words", "journal_entries.words",
	"question_cards.text", "askings.wording", "askings.to_name", "askings.answer", "askings.note", "askings.back", "askings.reply",
	"suggested.words", "suggested.by_name", "needs.words",
	"commitments.words", "commitment_changes.words", "commitment_changes.note", "commitment_changes.was_words", "commitment_acts.words",
	"asks.what", "asks.why", "asks.gives", "asks.cost_centre", "ask_sendings.cost_centre", "ask_sendings.what", "ask_sendings.why", "ask_sendings.gives",
	"pitch_texts.words", "previews.note", "previews.content", "sent_sections.words", "evidence_files.url", "evidence_files.name",
	"sent_evidence.words", "sent_evidence.effect", "sent_evidence.figure", "ask_hands.note",
	"decisions.reason", "decisions.feedback", "decisions.alternative", "decisions.heard_reason", "decisions.heard_feedback", "decisions.heard_alternative",
	"ask_inquiries.question", "ask_inquiries.answer", "ask_approvals.conditions", "ask_approvals.reason", "ask_approvals.feedback",
	"ask_approvals.cost_centre", "ask_approvals.words", "decisions.cost_centre", "decisions.thanks",
	"criterion_proposals.words", "criterion_proposals.was_words", "criterion_proposals.note", "criterion_wins.words", "criterion_wins.effect",
	"criterion_wins.figure", "granted_steps.place", "granted_steps.words", "granted_tellings.thanks",
	"criteria.words", "criteria.evidence", "criteria.verdict_words", "conversation_texts.words", "conversation_texts.left_words", "conversation_typing.change", "agenda_items.words", "conversations.skipped_words",
	"proposals.words", "proposals.measured", "proposals.why", "proposals.answer", "copies.note", "copies.content",
	"comments.quote", "comments.words", "comments.answer",
	"brought_records.content",
	"frameworks.name", "roles.name", "roles.adapts_name", "role_versions.name", "role_versions.about", "role_versions.source",
	"role_levels.name", "role_levels.about", "role_levels.track", "role_levels.key", "role_skills.name", "role_skills.about", "role_skills.behaviour",
	"expectations.key", "expectations.theme", "expectations.skill", "expectations.words", "expectations.examples", "role_matches.role_level",
	"assessments.role_name", "assessments.level_key", "assessments.level_name", "assessments.note",
	"assessment_lines.key", "assessment_lines.theme", "assessment_lines.skill", "assessment_lines.words", "assessment_lines.behaviour",
	"directions.department", "directions.words",
	"dates.title", "dates.note",
}

// facts are the text columns that hold ids, kinds, dates, hashes and settings; and the names by
// which everybody in an organisation knows each other.
var facts = map[string]bool{
	"organisations.name": true, "organisations.time_zone": true, "people.name": true, "people.name_key": true, "people.first_name": true,
	"people.email": true, "people.time_zone": true, "people.imported": true, "people.started_on": true,
	"events.kind": true, "events.thing_kind": true, "events.facts": true, "jobs.kind": true, "jobs.key": true, "jobs.args": true,
	"jobs.failure": true, "jobs.local_day": true, "jobs.zone": true, "secrets.name": true, "secrets.secret": true,
	"digests.zone": true, "digests.told_week": true, "digest_counts.week": true, "digest_counts.counts": true,
	"bounced_addresses.address": true, "bounced_addresses.status": true, "quiet_addresses.address": true, "quiet_addresses.kind": true,
	"form_keys.key": true, "form_keys.route": true, "form_keys.location": true, "revisions.thing_kind": true,
	"question_cards.stage": true, "question_cards.asked_of": true, "question_cards.asker": true, "question_cards.title": true, "question_cards.name": true,
	"suggestions_let_go.moment": true, "confirmations.answer": true, "stories.form": true, "question_links.purpose": true, "question_links.thing_kind": true, "question_links.delivery": true, "question_links.address": true,
	"links.token_hash": true, "links.purpose": true, "links.thing_kind": true, "addresses.address": true,
	"sign_ins.address": true, "sign_ins.code_hash": true, "sign_ins.asker": true, "sign_ins.purpose": true, "sessions.token_hash": true, "sessions.device": true,
	"invitations.uid": true, "invitations.address": true, "invitations.answer": true, "calendar_feeds.token_hash": true, "received_mails.mail_hash": true,
	"unwanted_notices.kind": true, "chat_settings.hosts": true, "chat_places.service": true, "chat_places.host": true, "chat_places.failure": true, "chat_kinds.kind": true, "shares.thing_kind": true, "shares.section": true, "shares.role": true,
	"looks.thing_kind": true, "looks.day": true, "plan_texts.section": true, "plan_values.section": true, "goals.area": true, "goals.kind": true, "goals.rhythm": true, "goals.review_on": true, "goal_reviews.how": true, "goal_reviews.day": true,
	"steps.every": true, "steps.until": true, "steps.anchor": true, "step_marks.day": true, "step_marks.was_due": true, "goals.due": true, "goals.state": true,
	"goals.origin_kind": true, "steps.due": true, "steps.state": true, "wins.day": true, "wins.origin_kind": true,
	"journal_entries.day": true, "askings.card_id": true, "askings.asked_on": true, "askings.origin_kind": true, "askings.way": true,
	"suggested.look_on": true, "suggested.state": true, "suggested.became_kind": true, "needs.kind": true, "needs.origin_kind": true,
	"commitments.due": true, "commitments.check_in": true, "commitments.by_looked_on": true, "commitments.to_looked_on": true, "commitments.state": true, "commitments.origin_kind": true,
	"commitment_changes.due": true, "commitment_changes.check_in": true, "commitment_changes.was_due": true,
	"commitment_changes.was_check_in": true, "commitment_changes.state": true, "commitment_acts.act": true,
	"schema_versions.name": true, "sent_files.columns": true, "sent_files.kind": true,
	"asks.kind": true, "asks.currency": true, "asks.decide_by": true, "asks.state": true, "asks.origin_kind": true,
	"ask_sendings.kind": true, "ask_sendings.currency": true, "ask_sendings.decide_by": true, "ask_sendings.ended_how": true, "sent_evidence.day": true,
	"pitch_texts.name": true, "pitch_picks.kind": true, "sent_sections.name": true,
	"evidence_files.media_type": true, "evidence_files.digest": true,
	"decisions.answer": true, "decisions.alternative_kind": true, "decisions.again_on": true, "decisions.comes_back_on": true, "criteria.verdict": true,
	"ask_approvals.answer": true, "ask_approvals.ended_how": true, "decisions.tell_on": true, "criterion_proposals.act": true, "criterion_proposals.state": true,
	"criterion_wins.day": true, "granted_steps.kind": true, "granted_steps.day": true, "granted_steps.currency": true,
	"conversations.kind": true, "conversations.state": true, "conversations.cancelled_because": true, "conversation_texts.kind": true, "conversation_typing.site": true, "agenda_items.source_kind": true,
	"conversations.month": true, "conversations.skipped_for": true, "cadences.state": true, "cadences.kinds": true, "cadences.since": true, "cadences.laid_until": true,
	"figure_months.month": true, "figure_tables.month": true, "figure_tables.figure": true, "figure_tables.cells": true, // the names of groups, which everybody knows
	"cadence_gaps.month": true, "cadence_gaps.kind": true, "cadence_gaps.why": true, "suggested_rhythms.kinds": true,
	"brought_records.kind": true, "proposals.kind": true, "proposals.due": true, "proposals.state": true, "copies.until": true,
	"comments.thing_kind": true, "comments.field": true,
	"skill_entries.name": true, "skill_entries.description": true, "skill_entries.source": true, "skill_names.name": true, "skill_names.name_key": true,
	"frameworks.name_key": true, "roles.key": true, "roles.name_key": true, "role_skills.skill_key": true,
	"expectations.skill_key": true, "role_matches.title_key": true, "role_matches.level_key": true, "directions.scope": true, "directions.department_key": true,
	"dates.kind": true, "dates.starts_on": true, "dates.ends_on": true, "dates.shows": true,
}

// noteCoverage notes which columns hold a mark.
func noteCoverage(t *testing.T, s testkit.Store, covered *sync.Map) {
	for _, name := range words {
		if _, done := covered.Load(name); done {
			continue
		}
		table, column, _ := strings.Cut(name, ".")
		n := testkit.Read(t, s, func(tx *db.Tx) (int64, error) {
			return db.One(tx, db.Scanned[int64], "select count(*) from "+table+" where "+column+" like '%zq%'")
		})
		if n > 0 {
			covered.Store(name, true)
		}
	}
}

// checkCoverage fails for a column of words without a mark, and for a text column that is in
// neither list.
func checkCoverage(t *testing.T, covered *sync.Map) {
	listed := map[string]bool{}
	for _, name := range words {
		listed[name] = true
		if _, ok := covered.Load(name); !ok {
			t.Errorf("no world holds a mark in %s: the random world must write it", name)
		}
	}
	for _, name := range textColumns(t) {
		if !listed[name] && !facts[name] {
			t.Errorf("%s is a new column: put it in words, and let the random world write it, or in facts", name)
		}
	}
}

// textColumns are all columns of text, but for ids.
func textColumns(t *testing.T) []string {
	s := testkit.SQLite(t)
	var names []string
	for _, table := range tables(t, s) {
		for _, c := range columns(t, s, table) {
			if c.kind == "text" && c.name != "id" && !strings.HasSuffix(c.name, "_id") {
				names = append(names, table+"."+c.name)
			}
		}
	}
	return names
}

// readable is all that an answer says; of a zip, what its files say.
func readable(t *testing.T, answer *httptest.ResponseRecorder) string {
	body := answer.Body.Bytes()
	if !bytes.HasPrefix(body, []byte("PK\x03\x04")) {
		return string(body)
	}
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, file := range archive.File {
		all.WriteString(file.Name + "\n")
		content, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, content); err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}
