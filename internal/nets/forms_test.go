package nets

import (
	"maps"
	"net/url"
	"strings"
	"sync"

	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/portable"
	"github.com/ownward/ownward/internal/web"
)

// ownCard is a question card as somebody writes one.
const ownCard = "---\nid: my-own\nstage: ask\nfor: [manager]\nquestion: What would help {beneficiary:them}?\n---\n"

// form is what is sent to a route: enough for it to be done by who may.
func (s *stage) form(route web.Route, who string) url.Values {
	form := url.Values{"revision": {"1"}}
	domain := "weir.example"
	if who == elsewhere || who == adminThere {
		domain = "other.example"
	}
	address := org.Fold(strings.Fields(s.actors[who].Name + " x")[0]) + "@" + domain
	for name, value := range s.forms()[route.Path] {
		form.Set(name, strings.ReplaceAll(value, "{own address}", address))
	}
	return form
}

// forms are the fields of each act, by the path of its route.
func (s *stage) forms() map[string]map[string]string {
	all := s.formsAround()
	maps.Copy(all, s.formsOfOnesOwn())
	maps.Copy(all, s.formsOfWins())
	maps.Copy(all, s.formsBetween())
	maps.Copy(all, s.formsOfProof())
	maps.Copy(all, formsOfExpectations())
	maps.Copy(all, s.formsOfWhatIsShown())
	maps.Copy(all, s.formsOfPreparing())
	maps.Copy(all, s.formsOfSkills())
	maps.Copy(all, s.formsOfMentors())
	maps.Copy(all, s.formsOfRounds())
	maps.Copy(all, s.formsOfProgrammes())
	maps.Copy(all, s.formsOfPitches())
	maps.Copy(all, s.formsOfTime())
	maps.Copy(all, s.formsOfCalendars())
	maps.Copy(all, s.formsOfQuestions())
	maps.Copy(all, s.formsOfYears())
	maps.Copy(all, s.formsOfHandovers())
	maps.Copy(all, s.formsOfReferrals())
	maps.Copy(all, s.formsOfBudgets())
	maps.Copy(all, s.formsOfCounsel())
	return all
}

// fieldsOf is the form of an act.
func (s *stage) fieldsOf(path string) url.Values {
	form := url.Values{}
	for name, value := range s.forms()[path] {
		form.Set(name, value)
	}
	return form
}

// formsAround are those of accounts and of the organisation.
func (s *stage) formsAround() map[string]map[string]string {
	return map[string]map[string]string{
		"/sign-in":                  {"email": "somebody@weir.example"},
		"/you/addresses":            {"email": "own@elsewhere.example"},
		"/you/addresses/removal":    {"address": "{own address}"},
		"/you/delete":               {"email": "{own address}"},
		"/you/import":               {aFile: anExport()},
		"/you/notices":              {"events": "asked"},
		"/you/chat":                 {"service": "slack", "address": "https://hooks.slack.com/services/T/B/x", "events": "asked"},
		"/organisation/chat":        {"allowed": "yes", "hosts": "hooks.slack.com"},
		"/you/digest":               {"weekday": "3", "hour": "17"},
		"/you/time-zone":            {"time_zone": "Europe/Oslo"},
		"/organisation/people":      {"name": "Zoe Adler"},
		"/organisation/people/{id}": {"name": "Zoe Adler"},
		"/organisation/people/{id}/administrator":   {"administrator": "yes"},
		"/organisation/people/{id}/programme-owner": {"owner": "yes"},
		"/organisation/import":                      {"lines": "name\nZoe Adler\n"},
		"/organisation/import/{id}/columns":         {"column-name": "name"},
		"/organisation/import/{id}/import":          {"seen": "1 line: 1 new, 0 changed, 0 leaving, 0 unchanged, 1 without an e-mail to sign in."},
	}
}

// formsOfOnesOwn are those of what is a person's own.
func (s *stage) formsOfOnesOwn() map[string]map[string]string {
	with := map[string]string{"with": string(plan.WithPerson(s.actors[takenBack].Person))}
	return map[string]map[string]string{
		"/plan/edit/{section}":     {"words": "Build what others can mend"},
		"/values/{id}/kept-out":    {"out": "yes"},
		"/strengths/{id}/kept-out": {"out": "yes"},
		"/plan/start/{step}":       {"words": "Saying no", "word": "Calm"},
		"/plan/share":              {"sections": "vision", "with": "manager"},
		"/skills":                  {"name": "Singing", "level": "1", "wanted": "2"},
		"/skills/{id}":             {"name": "Singing", "level": "1", "wanted": "2"},
		"/skills/{id}/share":       with,
		"/goals":                   {"title": "Sing in public"},
		"/goals/{id}":              {"title": "Sing in public"},
		"/goals/advice":            {"title": "Sing in public"},
		"/goals/{id}/advice":       {"title": "Sing in public"},
		"/goals/{id}/reviews":      {"how": "done", "learned": "Breathe"},
		"/steps/{id}/marks":        {"mark": "did"},
		"/steps/{id}/day":          {"by": "week"},
		"/goals/{id}/steps":        {"words": "Sing to one friend"},
		"/goals/{id}/share":        with,
		"/steps":                   {"title": "Sing in public", "words": "Sing to one friend", "activity": "Practice"},
		"/steps/{id}":              {"words": "Sing to one friend"},
		"/steps/{id}/state":        {"state": "done"},
		"/wins":                    {"what": "Sang"},
		"/wins/{id}":               {"what": "Sang"},
		"/wins/{id}/share":         with,
		"/journal":                 {"words": "I sang"},
		"/journal/{id}":            {"words": "I sang"},
		"/contacts":                {"name": "Ruth Sole"},
		"/contacts/{id}":           {"name": "Ruth Sole"},
		"/askings":                 {"wording": "What would you miss?", "to": "self"},
		"/askings/{id}/answer":     {"answer": "The quiet"},
		"/cards":                   {"text": strings.Replace(ownCard, "my-own", "another", 1)},
		"/cards/{id}":              {"text": ownCard + "\n## When to ask\n\nBefore lunch.\n"},
		"/cards/import":            {"lines": "What would you do in my place?"},
		"/cards/import/preview":    {"lines": "What would you do in my place?"},
		"/cards/preview":           {"text": ownCard},
		"/cards/{id}/preview":      {"text": ownCard},
		"/suggestions/let-go":      {"moment": "after a no", "thing": "019309a0-0000-7000-8000-000000000000"},
	}
}

// formsBetween are those of what two have with each other.
func (s *stage) formsBetween() map[string]map[string]string {
	return map[string]map[string]string{
		"/conversations":                  {"with": "outside", "named": "Noor", "kind": "sprint", "day": "2026-11-24", "time": "10:00"},
		"/conversations/{id}/time":        {"day": "2026-11-25", "time": "10:00", "minutes": "30"},
		"/conversations/{id}/agenda":      {"item": "The release", "shared": "yes"},
		"/conversations/{id}/suggestions": {"source": "goal:" + string(s.things["goal"].id), "shared": "no"},
		"/conversations/{id}/notes":       {"notes": "What we said then"},
		"/conversations/{id}/turn":        {"words": "Show the figures", "as": "promise", "by": "me", "due": "2026-12-20"},
		"/conversations/{id}/live":        {"text": "notes", "site": "o-aaaaaaaa", "number": "1", "base": "0", "change": `["What we say now"]`},
		"/conversations/{id}/private":     {"private": "What I thought then"},
		"/conversations/{id}/outcome":     {"outcome": "What came of it then"},
		"/asks":                           {"what": "A week in the archive"},
		"/asks/{id}":                      {"what": "A week in the archive"},
		"/asks/{id}/pitch/{part}":         {"why-now": "It is quiet", "revision-why-now": "0"},
		"/asks/{id}/sending":              {"revision": "1"},
		"/asks/{id}/elsewhere":            {"whom": "here", "named_whom": "zed@weir.example"},
		"/asks/{id}/handing-on":           {"to": "here", "named_to": "zed@weir.example"},
		"/asks/{id}/decision":             {"says": "not now"},
		"/asks/{id}/heard":                {"feedback": "More depth"},
		"/asks/{id}/inquiries/{inquiry}":  {"reply": "The older one"},
		"/asks/{id}/money":                {"says": "yes"},
		"/asks/{id}/criteria":             {"words": "A plan for the archive"},
		"/asks/{id}/granted":              {"kind": "learned", "words": "Where things are"},
		"/asks/{id}/granted/{fruit}":      {"kind_none": "learned", "words_none": "Where things were"},
		"/asks/{id}/granted/telling":      {"thanks": "Thank you"},
		"/asks/{id}/granted/day":          {"tell_on": "2027-06-01"},
		"/asks/{id}/thanks":               {"thanks": "Thank you"},
		"/asks/{id}/alternatives/{way}":   {"as": "ask"},
		"/asks/{id}/return":               {"comes_back_on": "2027-06-01"},
		"/criteria/{id}/evidence":         {"evidence_" + string(s.things["criterion"].id): "The report"},
		"/criteria/{id}/verdict":          {"verdict_" + string(s.things["criterion"].id): "not yet"},
		"/promises":                       {"side": "mine", "whom": "outside", "named": "Noor", "words": "Read her talk", "due": "2026-12-24"},
		"/promises/{id}/changes":          {"words": "Teach two teams"},
		"/promises/{id}/look-back":        {"happened": "not yet"},
	}
}

// anExport is what somebody took along from elsewhere: next to nothing.
var anExport = sync.OnceValue(func() string {
	content, err := portable.File{
		Format: "ownward person", Version: 1, Person: portable.Profile{Name: "Somebody", TimeZone: "UTC"},
	}.Zip()
	if err != nil {
		panic(err) // nothing in it can fail
	}
	return string(content)
})
