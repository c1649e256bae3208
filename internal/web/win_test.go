package web

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/testkit"
)

// aPicture is a small picture, as a file.
func aPicture(t testing.TB) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAWinIsKeptFromAnyPageAndOneIsBackThere(t *testing.T) {
	onPlanPages(t, func(g ground) {
		ines := g.as(g.Ines)
		page := ines.Get("/plan").Submit("/wins", map[string]string{"what": "The release went out early"}).Must(http.StatusOK)
		if page.Path != "/plan" || !strings.Contains(page.Text("main .notice"), "Kept, for you alone.") {
			t.Fatalf("at %s: %s", page.Path, page.Text("main .notice"))
		}
		details := page.Attribute("main .notice a", "href")
		if got := ines.Get(details).Must(http.StatusOK).Text("h1"); got != "The release went out early" {
			t.Errorf("the details are of %q", got)
		}
		if again := ines.Get("/plan"); again.Has("main .notice") {
			t.Error("it is said twice")
		}
		for _, back := range []string{"https://elsewhere.example/", "//elsewhere.example", "/no-page", "/assets/x", `/\elsewhere.example`, "javascript:1"} {
			kept := ines.Post("/wins", url.Values{"what": {"Sent back to " + back}, "back": {back}}).Must(http.StatusOK)
			if !strings.HasPrefix(kept.Path, "/wins/") {
				t.Errorf("a win with the way back %q led to %s", back, kept.Path)
			}
		}
	})
}

func TestANewWinTakesALinkAndTheDayAndSaysWhatIsWrong(t *testing.T) {
	onPlanPages(t, func(g ground) {
		ines := g.as(g.Ines)
		wrong := ines.Get("/wins/new").Submit("/wins", map[string]string{"what": "The talk", "link": "javascript:alert(1)"}).Must(http.StatusUnprocessableEntity)
		if got := wrong.Text("#error-link"); !strings.Contains(got, "https://") {
			t.Errorf("of a link that is none: %q", got)
		}
		for _, day := range []string{"0206-11-02", "9999-12-31"} {
			far := ines.Get("/wins/new").Submit("/wins", map[string]string{"what": "The talk", "day": day}).Must(http.StatusUnprocessableEntity)
			if got := far.Text("#error-day"); !strings.Contains(got, "the year") {
				t.Errorf("of the day %s: %q", day, got)
			}
		}
		kept := wrong.Submit("/wins", map[string]string{"link": "talks.example/42?a=b", "day": "2026-11-02", "figure": "120 people"}).Must(http.StatusOK)
		link := `#shown a[rel="noopener noreferrer nofollow"]`
		if kept.Attribute(link, "href") != "https://talks.example/42?a=b" || kept.Text(link) != "talks.example/42?a=b" || !strings.Contains(kept.Text("#shown small"), "talks.example") {
			t.Errorf("the link: %s to %s", kept.Text("#shown li"), kept.Attribute(link, "href"))
		}
		if got := kept.Text("h1 + p time"); got != "2 November" {
			t.Errorf("the day: %s", got)
		}
		if empty := kept.Submit(kept.Attribute("#shown form.at", "action"), nil).Must(http.StatusOK); empty.Has("#shown li") {
			t.Error("the link stands after its removal")
		}
	})
}

func TestATextTurnsNoWordsRoundAndHoldsWhatEveryStoreTakes(t *testing.T) {
	onPlanPages(t, func(g ground) {
		ines := g.as(g.Ines)
		kept := ines.Post("/wins", url.Values{"what": {"\u202eThe\u2067 talk\x00 \xffin שלום\u200f"}}).Must(http.StatusOK)
		if got := kept.Text("h1"); got != "The talk \ufffdin שלום\u200f" {
			t.Errorf("it stands there as %+q", got)
		}
		if got := ines.Post("/gap/outside", url.Values{"name": {"A\x00 diver"}, "asks": {"Diving\x00 4"}, "about": {"Deep\x00"}}).Must(http.StatusOK); !strings.HasPrefix(got.Path, "/gap?look=") {
			t.Errorf("a role outside led to %s", got.Path)
		}
		for _, link := range []string{"https://bank.example\u200b.evil.example/", "https://bank\u00ad.example/", "https://bank.example/\u2003x"} {
			wrong := ines.Post("/wins", url.Values{"what": {"The talk"}, "link": {link}}).Must(http.StatusUnprocessableEntity)
			if got := wrong.Text("#error-link"); !strings.Contains(got, "https://") {
				t.Errorf("of the link %+q: %q", link, got)
			}
		}
	})
}

func TestWhatAPhoneSharesIsShownAndNotKept(t *testing.T) {
	onPlanPages(t, func(g ground) {
		wins := func() int64 {
			return testkit.Read(t, g.s, func(tx *db.Tx) (int64, error) { return db.One(tx, db.Scanned[int64], "select count(*) from wins") })
		}
		shared := url.Values{"title": {"Thanks"}, "text": {"You saved the launch! https://chat.example/t/9."}}
		for _, who := range []*testkit.Visitor{g.as(g.Ines), testkit.Visit(t, g.site)} {
			page := who.Post("/wins/share", shared).Must(http.StatusOK)
			if what := page.Text("#field-what"); what != "You saved the launch!" || page.Attribute("#field-link", "value") != "https://chat.example/t/9" {
				t.Errorf("filled in: %q, %q", what, page.Attribute("#field-link", "value"))
			}
		}
		if n := wins(); n != 0 {
			t.Errorf("%d wins are kept", n)
		}
		g.as(g.Ines).Post("/wins/share", shared).Submit("/wins", nil).Must(http.StatusOK)
		if n := wins(); n != 1 {
			t.Errorf("%d wins are kept", n)
		}
	})
}

// TestAnotherSiteReachesThePageForSharingAlone: what another site sends in somebody's name is
// refused, but for the page that changes nothing.
func TestAnotherSiteReachesThePageForSharingAlone(t *testing.T) {
	onPlanPages(t, func(g ground) {
		for path, want := range map[string]int{"/wins": http.StatusForbidden, "/wins/share": http.StatusOK} {
			r, err := http.NewRequest(http.MethodPost, g.site+path, strings.NewReader("what=x&text=x"))
			if err != nil {
				t.Fatal(err)
			}
			r.Header = http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Origin": {"null"}, "Sec-Fetch-Site": {"cross-site"}}
			answer, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
			if answer.StatusCode != want {
				t.Errorf("%s answers another site %d, want %d", path, answer.StatusCode, want)
			}
		}
	})
}

func TestTheBookmarkletPutsNothingWhereAServerSeesIt(t *testing.T) {
	onPlanPages(t, func(g ground) {
		script, err := url.PathUnescape(g.as(g.Ines).Get("/wins/capture").Must(http.StatusOK).Attribute(`a[href^="javascript:"]`, "href"))
		if err != nil || !strings.Contains(script, g.site+`/wins/new#"`) || strings.Contains(script, "?") && strings.Contains(script, "/wins/new?") {
			t.Errorf("the bookmarklet is %s (%v)", script, err)
		}
	})
}

func TestFilesOfAWinAreSeenByWhoSeesTheWin(t *testing.T) {
	onPlanPages(t, func(g ground) {
		ines, tomas := g.as(g.Ines), g.as(g.Tomas)
		win := ines.Get("/wins/new").Submit("/wins", map[string]string{"what": "The poster"})
		for name, content := range map[string]string{
			"page.png": "<html><script>alert(1)</script>", "drawing.svg": `<svg xmlns="http://www.w3.org/2000/svg"/>`, "notes.txt": "Just words", "app.pdf": "MZ\x90\x00",
		} {
			refused := ines.Send(win.Path+"/files", "file", name, []byte(content), nil).Must(http.StatusUnprocessableEntity)
			if refused.Text("#field-what") != "The poster" {
				t.Error("the page has lost what the win says")
			}
			if got := refused.Text("#error-file"); !strings.Contains(got, "no picture") {
				t.Errorf("%s: %q", name, got)
			}
		}
		page := ines.Send(win.Path+"/files", "file", `..\poster "final".html`, aPicture(t), nil).Must(http.StatusOK)
		file := page.Attribute("#shown a[download]", "href")
		if got := page.Attribute("#shown a[download]", "download"); got != "poster final.html.png" {
			t.Errorf("the file is called %q", got)
		}
		tomas.Get(file).Must(http.StatusNotFound)
		testkit.Do(t, g.s, func(tx *db.Tx) error {
			return plan.ShareWin(tx, g.Ines, db.ID(strings.TrimPrefix(win.Path, "/wins/")), plan.WithManager)
		})
		if seen := tomas.Get(win.Path).Must(http.StatusOK); seen.Attribute("#shown a[download]", "href") != file || seen.Has("#shown form") {
			t.Errorf("whom it is shared with sees %s", seen.Text("#shown"))
		}
		got := tomas.Get(file).Must(http.StatusOK)
		for header, want := range map[string]string{
			"Content-Type": "image/png", "Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff",
			"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "no-store",
		} {
			if got.Header.Get(header) != want {
				t.Errorf("%s is %q, want %q", header, got.Header.Get(header), want)
			}
		}
		if got.Body != string(aPicture(t)) {
			t.Error("the content is another")
		}
		tomas.Post(file+"/removal", nil).Must(http.StatusNotFound)
		ines.Post(file+"/removal", nil).Must(http.StatusOK)
		tomas.Get(file).Must(http.StatusNotFound)
		ines.Send(win.Path+"/files", "file", "large.pdf", append([]byte("%PDF-1.7\n"), make([]byte, plan.MostFile)...), nil).Must(http.StatusUnprocessableEntity)
	})
}

func TestWhatAPhoneSharesIsAttachedOnceThePersonSaysSo(t *testing.T) {
	onPlanPages(t, func(g ground) {
		ines := g.as(g.Ines)
		shared := ines.Send("/wins/share", "files", "thanks.png", aPicture(t), url.Values{"text": {"They thanked us"}}).Must(http.StatusOK)
		if got := shared.Text("main fieldset label"); !strings.Contains(got, "thanks.png") || strings.Contains(ines.Get("/wins").Body, "They thanked us") {
			t.Errorf("it is carried as %q, or kept already", got)
		}
		again := shared.Submit("/wins", map[string]string{"what": ""}).Must(http.StatusUnprocessableEntity)
		win := again.Submit("/wins", map[string]string{"what": "They thanked us"}).Must(http.StatusOK)
		file := win.Attribute(`main a[href*="/files/"]`, "href")
		if got := ines.Get(file).Must(http.StatusOK); got.Body != string(aPicture(t)) {
			t.Error("the content is another")
		}
		page := ines.Send("/wins/share", "files", "page.html", []byte("<script>alert(1)</script>"), nil).Must(http.StatusOK)
		if got := page.Text("main .notice"); !strings.Contains(got, "no picture") || page.Attribute("[name=attached-1]", "value") != "" {
			t.Errorf("of a page of HTML: %q", got)
		}
	})
}

func TestAPhoneCanInstallIt(t *testing.T) {
	onPlanPages(t, func(g ground) {
		nobody := testkit.Visit(t, g.site)
		var manifest struct {
			Icons []struct{ Src, Sizes, Type string }
			Share struct{ Action, Method, Enctype string } `json:"share_target"`
		}
		if err := json.Unmarshal([]byte(nobody.Get("/manifest.webmanifest").Must(http.StatusOK).Body), &manifest); err != nil {
			t.Fatal(err)
		}
		if manifest.Share.Method != "POST" || manifest.Share.Enctype != "multipart/form-data" || manifest.Share.Action != "/wins/share" {
			t.Errorf("shared by %+v", manifest.Share)
		}
		sizes := 0
		for _, icon := range manifest.Icons {
			answer := nobody.Get(icon.Src).Must(http.StatusOK)
			if answer.Header.Get("Content-Type") != icon.Type {
				t.Errorf("%s is %s, not %s", icon.Src, answer.Header.Get("Content-Type"), icon.Type)
			}
			if icon.Type == "image/png" {
				sizes++
			}
		}
		if sizes != 3 {
			t.Errorf("%d icons", sizes)
		}
	})
}

func TestImportedWinsAreDraftsUntilTheyAreTaken(t *testing.T) {
	onPlanPages(t, func(g ground) {
		ines, tomas := g.as(g.Ines), g.as(g.Tomas)
		if got := ines.Get("/wins/drafts").Must(http.StatusOK).Text("main .empty"); !strings.Contains(got, "No draft waits") {
			t.Errorf("before: %s", got)
		}
		nothing := ines.Get("/wins/import").Submit("/wins/import", map[string]string{"lines": "Dear all"}).Must(http.StatusUnprocessableEntity)
		if got := nothing.Text("#error-file"); !strings.Contains(got, "no list") {
			t.Errorf("of no list: %q", got)
		}
		list := "## Platform, October 2026\n- Cut the release\n  - Nobody waits\n- Led the review (30.2.2026)\n- [ ] Rest\n- 2027: Fly\n- Wrote the runbook\n"
		page := ines.Send("/wins/import", "file", "brag.md", []byte(list), nil).Must(http.StatusOK)
		if page.Path != "/wins/drafts" || page.Text(".drafts > li > .own:first-child") != "Cut the release | Led the review (30.2.2026) | Wrote the runbook" || page.Text("main section > h2") != "Platform | All at once" {
			t.Fatalf("at %s: %s", page.Path, page.Text("main"))
		}
		if got := page.Text("main .further"); !strings.Contains(got, "line 5This is not ticked") || !strings.Contains(got, "line 6Its day, 2027-01-01, is still to come.") {
			t.Errorf("of bad lines: %s", got)
		}
		first := page.Attribute(".drafts a", "href")
		tomas.Get(first).Must(http.StatusNotFound)
		tomas.Post(first+"/keep", nil).Must(http.StatusNotFound)
		wrong := ines.Get(first).Submit(first, map[string]string{"what": ""}).Must(http.StatusUnprocessableEntity)
		kept := wrong.Submit(first, map[string]string{"what": "Cut the release to 6 minutes"}).Must(http.StatusOK)
		if win := ines.Get(kept.Attribute("main .notice a", "href")); win.Text("h1") != "Cut the release to 6 minutes" || !strings.Contains(win.Text("main form textarea"), "Nobody waits") {
			t.Errorf("the win: %s", win.Text("main"))
		}
		dropped := kept.Submit(kept.Attribute(`form[action$="/drop"]`, "action"), nil).Must(http.StatusOK)
		if again := ines.Send("/wins/import", "file", "brag.md", []byte(list), nil); !strings.Contains(again.Text("main .notice"), "nothing new. 3 were here") {
			t.Errorf("again: %s", again.Text("main .notice"))
		}
		ines.Post("/wins/drafts/all", url.Values{"seen": {"5"}, "what": {"keep"}}).Must(http.StatusConflict)
		all := ines.Post("/wins/drafts/all", url.Values{"seen": {dropped.Attribute("[name=seen]", "value")}, "what": {"keep"}}).Must(http.StatusOK)
		if got := all.Text("main .rows"); !strings.Contains(got, "Wrote the runbook") || strings.Contains(got, "Led the review") || all.Has("a[href='/wins/drafts']") {
			t.Errorf("the wins: %s", got)
		}
	})
}
