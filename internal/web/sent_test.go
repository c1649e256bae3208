package web

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/testkit"
)

// endless is a body of a form with a file, as long as it is read.
type endless struct {
	head string
	read int64
}

func (b *endless) Read(into []byte) (int, error) {
	n := copy(into, b.head)
	if b.head = b.head[n:]; n == 0 {
		for n = range into {
			into[n] = 'a'
		}
	}
	b.read += int64(n)
	if b.read > 200<<20 {
		return n, io.EOF
	}
	return n, nil
}

func TestNobodyFillsTheDiskWithWhatNobodyAskedFor(t *testing.T) {
	s := testkit.SQLite(t)
	testkit.NewCompany(t, s, "weir.example")
	server, err := New(Config{DB: s.DB, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	for _, pattern := range []string{"GET /sign-in", "POST /sign-in", "POST /organisation/import", "POST /you/import", "POST /goals", "POST /wins", "POST /wins/share"} {
		method, path, _ := strings.Cut(pattern, " ")
		body := &endless{head: "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"}
		r := httptest.NewRequest(method, path, body)
		r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		server.ServeHTTP(httptest.NewRecorder(), r)
		if body.read > 2*mostForm {
			t.Errorf("%s took %d MB from somebody who is not signed in", pattern, body.read>>20)
		}
	}
}

func TestAPageIsToldNothingByTheBodyOfItsRequest(t *testing.T) {
	s := testkit.SQLite(t)
	site := siteOf(t, s)
	body := "--x\r\nContent-Disposition: form-data; name=\"next\"\r\n\r\n/evil\r\n--x--\r\n"
	r, err := http.NewRequest(http.MethodGet, site+"/sign-in", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if text, err := io.ReadAll(answer.Body); err != nil || answer.StatusCode != 200 || strings.Contains(string(text), "/evil") {
		t.Errorf("status %d (%v), and the page says what the body said", answer.StatusCode, err)
	}
}

func TestAMendedFileOfTheSameLengthIsAnotherFile(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		ada := p.visitAs(p.Ada)
		key := url.Values{"formkey": {ada.Get("/organisation/import").Attribute(`form[action="/organisation/import"] input[name="formkey"]`, "value")}}
		ada.Send("/organisation/import", "file", "people.csv", []byte("name\nZoe Ra\n"), key).Must(200)
		page := ada.Send("/organisation/import", "file", "people.csv", []byte("name\nUri Ra\n"), key).Must(200)
		if !strings.Contains(page.Text("main"), "Uri Ra") {
			t.Errorf("the mended file is shown as %s", page.Text("main"))
		}
	})
}
