package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

// place is a company and the pages in front of it, with a mailbox for everybody.
type place struct {
	testkit.Store
	testkit.Company
	t     *testing.T
	site  string
	mails []mail.Message
}

func eachPlace(t *testing.T, test func(t *testing.T, p *place)) {
	t.Helper()
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		p := &place{Store: s, Company: testkit.NewCompany(t, s, "weir.example"), t: t, site: siteOf(t, s)}
		test(t, p)
	})
}

func siteOf(t *testing.T, s testkit.Store) string {
	t.Helper()
	server, err := New(Config{DB: s.DB, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return testkit.Site(t, server)
}

func (p *place) Send(_ context.Context, m mail.Message) error {
	p.mails = append(p.mails, m)
	return nil
}

// post is the text of the mails that came since the last time.
func (p *place) post() string {
	p.t.Helper()
	runner := job.NewRunner(p.DB, slog.New(slog.DiscardHandler), account.Jobs(p, "https://own.example"))
	if _, err := runner.RunDue(p.t.Context()); err != nil {
		p.t.Fatal(err)
	}
	var all strings.Builder
	for _, m := range p.mails {
		all.WriteString("To: " + m.To + "\n" + m.Text)
	}
	p.mails = nil
	return all.String()
}

var (
	codeForm = regexp.MustCompile(`(?m)^    (\w{4} \w{4})$`)
	linkForm = regexp.MustCompile(`https://own\.example(\S+)`)
)

func (p *place) visitAs(me org.Actor) *testkit.Visitor {
	p.t.Helper()
	return testkit.VisitAs(p.t, p.Store, p.site, me)
}

func TestSigningInWithTheCodeLeadsToWhereOneWantedToGo(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		v := testkit.Visit(t, p.site)
		page := v.Get("/people").Must(http.StatusOK)
		if page.Path != "/sign-in?next=%2Fpeople" {
			t.Fatalf("asked to sign in at %s", page.Path)
		}
		page = page.Submit("/sign-in", map[string]string{"email": "Ines@weir.example"}).Must(http.StatusOK)
		text := p.post()
		if strings.Contains(page.Path, "ines") {
			t.Errorf("the address stands in the address bar: %s", page.Path)
		}
		page = page.Submit("/sign-in/code", map[string]string{"code": "wrong"}).Must(http.StatusUnprocessableEntity)
		if !strings.Contains(page.Text(".error"), "opens nothing") || page.Attribute("input.code", "value") != "wrong" {
			t.Errorf("a wrong code: %s", page.Text("main"))
		}
		page = page.Submit("/sign-in/code", map[string]string{"code": codeForm.FindStringSubmatch(text)[1]}).Must(http.StatusOK)
		if page.Path != "/people" || !strings.Contains(page.Text(".me summary"), "Ines Faria") {
			t.Errorf("after the code: %s, %s", page.Path, page.Text(".me summary"))
		}
		v.Get("/people").Submit("/sign-out", nil)
		if page := v.Get("/people"); !strings.HasPrefix(page.Path, "/sign-in") {
			t.Errorf("after signing out %s still opens", page.Path)
		}
	})
}

func TestTheLinkInTheMailFillsInTheCodeAndDoesNothingMore(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		testkit.Visit(t, p.site).Get("/sign-in").Submit("/sign-in", map[string]string{"email": "ines@weir.example"})
		link := linkForm.FindStringSubmatch(p.post())[1]
		scanner := testkit.Visit(t, p.site)
		scanner.Get(link).Must(http.StatusOK)
		if page := scanner.Get("/you"); !strings.HasPrefix(page.Path, "/sign-in") {
			t.Errorf("a scanner that opened the link is signed in: %s", page.Path)
		}
		phone := testkit.Visit(t, p.site)
		if page := phone.Get(link).Submit("/sign-in/code", map[string]string{"email": "Ines@weir.example"}); page.Status == http.StatusUnprocessableEntity {
			t.Errorf("the code that was filled in was not taken: %s", page.Text("main"))
		}
		phone.Get("/you").Must(http.StatusOK)
	})
}

func TestALinkFromSomebodyElseLeadsNobodyIntoTheirAccount(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		testkit.Visit(t, p.site).Get("/sign-in").Submit("/sign-in", map[string]string{"email": "joel@weir.example"})
		link := linkForm.FindStringSubmatch(p.post())[1] // which Joel sends to Ines
		for _, ines := range []*testkit.Visitor{p.visitAs(p.Ines), testkit.Visit(t, p.site)} {
			for _, typed := range []string{"", "ines@weir.example"} {
				ines.Get(link).Submit("/sign-in/code", map[string]string{"email": typed}).Must(http.StatusUnprocessableEntity)
			}
			if page := ines.Get("/you"); strings.Contains(page.Text(".me summary"), "Joel") {
				t.Error("Ines is in Joel's account, and would write there")
			}
		}
	})
}

func TestAnUnknownAddressIsAnsweredLikeAKnownOne(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		keys := regexp.MustCompile(`value="[^"]*"|/assets/\w+`)
		answer := func(address string) string {
			page := testkit.Visit(t, p.site).Get("/sign-in").Submit("/sign-in", map[string]string{"email": address}).Must(http.StatusOK)
			page = page.Submit("/sign-in/code", map[string]string{"code": "AAAAAAAA"}).Must(http.StatusUnprocessableEntity)
			return keys.ReplaceAllString(page.Body, "")
		}
		known, unknown := answer("ines@weir.example"), answer("nobody@weir.example")
		if known != unknown {
			t.Errorf("known:\n%s\nunknown:\n%s", known, unknown)
		}
	})
}

func TestNextLeadsNowhereElse(t *testing.T) {
	for path, want := range map[string]string{
		"/asks/1": "/asks/1", "": "", "https://evil.example/": "", "//evil.example/": "", `/\evil.example`: "", "asks": "", "/\tasks": "", "javascript:alert(1)": "",
	} {
		if got := localPath(path); got != want {
			t.Errorf("%q leads to %q, want %q", path, got, want)
		}
	}
}

func TestEveryPageOfTheAccountIsOnesOwn(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		v, second := p.visitAs(p.Ines), p.visitAs(p.Ines)
		page := v.Get("/you").Must(http.StatusOK)
		page.Submit("/you/sessions/end-others", nil).Must(http.StatusOK)
		if page := second.Get("/you"); !strings.HasPrefix(page.Path, "/sign-in") {
			t.Errorf("the other session goes on at %s", page.Path)
		}
		if got := v.Get("/you/history").Text(".history"); !strings.Contains(got, "You signed in for the first time") || strings.Contains(got, "first time by") {
			t.Errorf("the history says %s", got)
		}
		page = v.Get("/you").Submit("/you/addresses", map[string]string{"email": "ines@home.example"}).Must(http.StatusOK)
		page = page.Submit("/you/addresses/code", map[string]string{"code": codeForm.FindStringSubmatch(p.post())[1]}).Must(http.StatusOK)
		if !strings.Contains(page.Text("#addresses .rows"), "ines@home.example") || page.Text(".notice") != "The address is added. You can sign in with it from now on." {
			t.Errorf("after adding an address: %s", page.Text("main"))
		}
		if page := v.Get("/you"); page.Has(".notice") {
			t.Errorf("said twice: %s", page.Text(".notice"))
		}
		v.Post("/you/addresses/removal", url.Values{"address": {"joel@weir.example"}}).Must(http.StatusNotFound)
		page = v.Post("/you/notices", url.Values{"events": {"asked"}}).Must(http.StatusOK)
		if page.Attribute("#notices input[value=asked]", "checked") == page.Attribute("#notices input[value=shared]", "type") || page.Has("#notices input[value=shared][checked]") {
			t.Errorf("notices: %s", page.Text("#notices"))
		}
		page = v.Post("/you/time-zone", url.Values{"time_zone": {"Nowhere"}}).Must(http.StatusUnprocessableEntity)
		if !page.Has("#notices input[value=asked][checked]") || page.Has("#notices input[value=shared][checked]") {
			t.Error("a form that came back changed what another form shows")
		}
		v.Post("/you/time-zone", url.Values{"time_zone": {"Asia/Tokyo"}}).Must(http.StatusOK)
		if page := v.Get("/you"); !page.Has(`#zone option[value="Asia/Tokyo"][selected]`) {
			t.Error("the time zone was not kept")
		}
	})
}

func TestWhoHasLeftReachesTheirAccountAndNobody(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		v := p.visitAs(p.Ines)
		testkit.Do(t, p.Store, func(tx *db.Tx) error { return org.Leave(tx, p.Ada, p.Ines.Person) })
		page := v.Get("/you").Must(http.StatusOK)
		if !strings.Contains(page.Text(".notice"), "until 23 December") {
			t.Errorf("what is said: %s", page.Text(".notice"))
		}
		if page := v.Get("/people"); strings.Contains(page.Body, "Joel") {
			t.Error("the directory still opens")
		}
		v.Get("/people/" + string(p.Joel.Person)).Must(http.StatusNotFound)
		v.Post("/you/notices", url.Values{}).Must(http.StatusNotFound)
		page = v.Get("/you").Submit("/you/addresses", map[string]string{"email": "ines@home.example"})
		page.Submit("/you/addresses/code", map[string]string{"code": codeForm.FindStringSubmatch(p.post())[1]}).Must(http.StatusOK)
	})
}

func TestGoingToAnotherOrganisation(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		other := testkit.NewCompany(t, p.Store, "other.example")
		testkit.Do(t, p.Store, func(tx *db.Tx) error {
			_, err := org.Add(tx, other.Ada, org.Details{Name: "Ines Faria", Email: "ines@weir.example"})
			return err
		})
		v := p.visitAs(p.Ines)
		enter := "/organisations/" + string(other.Organisation.ID) + "/enter"
		v.Get("/people").Submit(enter, nil)
		if page := v.Get("/people"); !strings.Contains(page.Text(".me summary"), "other.example") || strings.Contains(page.Text("table"), "Ines Faria Engineer") {
			t.Errorf("in the other organisation: %s", page.Text(".me summary"))
		}
		p.visitAs(p.Joel).Post(enter, url.Values{}).Must(http.StatusNotFound)
	})
}

func TestSettingUpAnEmptyInstallation(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		site := siteOf(t, s)
		v := testkit.Visit(t, site)
		if page := v.Get("/sign-in"); !strings.Contains(page.Text(".notice"), "not set up yet") {
			t.Errorf("the sign-in page says %s", page.Text("main"))
		}
		v.Get("/setup/forged").Must(http.StatusNotFound)
		link := "/setup/" + string(testkit.Write(t, s, account.SetUpLink))
		page := v.Get(link).Must(http.StatusOK)
		page = page.Submit("", map[string]string{"for": "organisation", "name": "Ada Pires"}).Must(http.StatusUnprocessableEntity)
		if got := page.Text(".field .error"); strings.Count(got, "|") != 2 || page.Attribute("#field-name", "value") != "Ada Pires" {
			t.Errorf("what is missing: %s", got)
		}
		page.Submit("", map[string]string{"organisation": "Weir & Lock", "email": "ada@weir.example", "time_zone": "Europe/Lisbon"})
		if page := v.Get("/organisation").Must(http.StatusOK); page.Text("h1") != "Weir & Lock" || page.Text("aside .rows a") != "Ada Pires" {
			t.Errorf("the organisation: %s", page.Text("main"))
		}
		testkit.Visit(t, site).Get(link).Must(http.StatusConflict)
	})
}
