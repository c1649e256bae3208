// Package browser looks at Ownward with a real browser, on a phone and on a desk, in light and in dark.
//
// It holds tests alone. They need Chromium and what `npm ci` puts into this folder; without them they fail and say so.
package browser

import (
	"context"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// planted are pages with one fault each, by path, and what must be said of it.
var planted = map[string]struct{ fault, complaint string }{
	"/sound":      {"", ""},
	"/unlabelled": {"<input>", "label: Form elements must have labels"},
	"/pale":       {`<p class="pale">Hello</p>`, "color-contrast"},
	"/wide":       {`<p class="wide">Hello</p>`, "scrolls sideways: 700 wide in 390"},
	"/script":     {"<script>document.title = 'changed'</script>", "Content Security Policy"},
	"/style":      {`<p style="color:red">Hello</p>`, "Content Security Policy"},
	"/inner":      {`<script src="/inner.js"></script>`, "TrustedHTML"},
	"/fails":      {`<script src="/fails.js"></script>`, "script error: planted"},
	"/elsewhere":  {`<img alt="" src="http://127.0.0.2:9/x.png">`, "asks another server"},
	"/picture":    {`<img alt="" src="/missing.png">`, "missing: http"},
}

// linked are pages that lead to each other and to those above.
var linked = map[string]string{
	"/sound/linked": `<p><a href="/pale">Pale</a><p><a href="/folded">Folded</a><p><a href="/nowhere">Nowhere</a><p><a href="http://127.0.0.2:9/">Elsewhere</a>
		<p><a href="/sound/1">1</a><p><a href="/sound/2">2</a><p><a href="/sound/3">3</a>`,
	"/sound/1": `<p><a href="/sound#top">Up</a>`, "/sound/2": "", "/sound/3": `<p class="pale">Never looked at</p>`,
	"/folded": `<details><summary>More</summary><p class="pale">Hello</p></details>`,
}

// TestPlantedFaultsAreFound shows that the harness complains of what it is there to complain of, and of nothing else.
func TestPlantedFaultsAreFound(t *testing.T) {
	address := plantedServer(t)
	if out, err := runNode(t, "planted.mjs", address, "/sound"); err != nil {
		t.Errorf("a sound page is complained of: %v\n%s", err, out)
	}
	out, err := runNode(t, append([]string{"planted.mjs", address}, slices.Sorted(maps.Keys(planted))...)...)
	if err == nil {
		t.Error("a run with faults passed")
	}
	for path, c := range planted {
		found := strings.Contains(out, "FAULT "+path+" at 390-light ("+path+"): ")
		if found != (c.complaint != "") || !strings.Contains(out, c.complaint) {
			t.Errorf("%s: want the complaint %q", path, c.complaint)
		}
	}
	if t.Failed() {
		t.Log(out)
	}
}

func TestCrawlFindsWhatIsWrongBehindALink(t *testing.T) {
	out, err := runNode(t, "walk.mjs", plantedServer(t), "nobody", "/sound/linked", "2", "/sound/{number}")
	if err == nil {
		t.Error("a walk past faults passed")
	}
	for _, want := range []string{"FAULT nobody /pale at 390-light", "FAULT nobody /folded unfolded at 1280-dark",
		"FAULT nobody /nowhere (/nowhere): a link leads to 404", "visited /folded /nowhere /pale /sound /sound/{number}\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("want %q", want)
		}
	}
	if strings.Contains(out, "FAULT nobody /sound") {
		t.Error("more was visited or complained of than should be")
	}
	if t.Failed() {
		t.Log(out)
	}
}

func plantedServer(t *testing.T) (address string) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		kind, body := "text/html; charset=utf-8", ""
		content, ok := linked[r.URL.Path]
		if fault, planted := planted[r.URL.Path]; planted {
			content, ok = fault.fault, true
		}
		switch {
		case ok:
			body = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Planted</title>
				<link rel="icon" href="data:,"><link rel="stylesheet" href="/style.css"><main><h1>Planted</h1>` + content + `</main></html>`
		case r.URL.Path == "/style.css":
			kind, body = "text/css", ".pale { color: #ccc; background: #fff } .wide { width: 700px; margin: 0 } body { margin: 0 }"
		case r.URL.Path == "/inner.js":
			kind, body = "text/javascript", "document.querySelector('h1').innerHTML = 'changed'"
		case r.URL.Path == "/fails.js":
			kind, body = "text/javascript", "throw new Error('planted')"
		default:
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Security-Policy", "default-src 'self'; img-src * data:; require-trusted-types-for 'script'")
		w.Write([]byte(body))
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// runNode runs one script of this folder and gives what it printed.
func runNode(t *testing.T, scriptAndArgs ...string) (string, error) {
	t.Helper()
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("Chromium is not installed, and the browser tests need it: sudo apt-get install chromium")
	}
	if _, err := os.Stat("node_modules/playwright-core"); err != nil {
		t.Fatal("the browser tests need what `npm ci` puts into internal/browser: run it there, or `make test`")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 15*time.Minute)
	defer cancel()
	node := exec.CommandContext(ctx, "node", scriptAndArgs...)
	node.Env = append(os.Environ(), "OWNWARD_TEST_CHROMIUM="+chromium)
	node.Cancel = func() error { return node.Process.Signal(os.Interrupt) } // so that the browser is closed
	node.WaitDelay = 10 * time.Second
	out, err := node.CombinedOutput()
	return string(out), err
}
