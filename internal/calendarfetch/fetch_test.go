package calendarfetch_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/calendarfetch"
	"github.com/ownward/ownward/internal/calendarfile"
)

func TestNothingWithinTheOwnNetworkIsReached(t *testing.T) {
	reached := false
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	defer server.Close()
	f := calendarfetch.New(false)
	port := server.URL[strings.LastIndex(server.URL, ":"):]
	for _, address := range []string{
		server.URL, "http://localhost" + port, "http://[::1]" + port, "http://[::ffff:127.0.0.1]" + port, "http://0.0.0.0" + port, "http://127.1.2.3" + port,
		"http://10.0.0.1/", "http://192.168.0.1/", "http://172.16.0.1/", "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/", "http://[fd00::1]/", "http://[fe80::1]/", "http://[64:ff9b::7f00:1]/",
	} {
		if _, _, _, err := f.File(context.Background(), address, ""); !errors.Is(err, calendarfetch.ErrNotAllowed) && !errors.Is(err, calendarfetch.ErrUnreached) {
			t.Errorf("%s: %v", address, err)
		}
		if _, err := f.BusyTimes(context.Background(), calendarfetch.Account{Address: address, Name: "a", Password: "b"}, time.Now(), time.Now()); err == nil {
			t.Errorf("%s is asked for busy times", address)
		}
	}
	if reached {
		t.Error("the machine itself was reached")
	}
}

func TestWhatGoesWrongIsToldByItsKindAlone(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a password went elsewhere") }))
	defer elsewhere.Close()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/refused":
			w.WriteHeader(http.StatusUnauthorized)
		case "/gone":
			w.WriteHeader(http.StatusGone)
		case "/broken":
			w.WriteHeader(http.StatusBadGateway)
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		case "/file":
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		case "/elsewhere":
			http.Redirect(w, r, elsewhere.URL, http.StatusTemporaryRedirect)
		case "/large":
			for range calendarfile.MostBytes/1024 + 2 {
				_, _ = w.Write(make([]byte, 1024))
			}
		}
	}))
	defer server.Close()
	f := calendarfetch.New(true)
	for path, want := range map[string]error{
		"/refused": calendarfetch.ErrRefused, "/gone": calendarfetch.ErrNotFound, "/broken": calendarfetch.ErrServer, "/round": calendarfetch.ErrNotFound,
		"/file": calendarfetch.ErrNotAllowed, "/large": calendarfetch.ErrTooLarge,
	} {
		if _, _, _, err := f.File(context.Background(), server.URL+path, ""); err != want {
			t.Errorf("%s: %v, want %v", path, err, want)
		}
	}
	account := calendarfetch.Account{Address: server.URL + "/elsewhere", Name: "ines", Password: "word"}
	if _, err := f.BusyTimes(context.Background(), account, time.Now(), time.Now()); !errors.Is(err, calendarfetch.ErrRefused) {
		t.Errorf("sent on elsewhere: %v", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Nanosecond)
	defer cancel()
	if _, _, _, err := f.File(ctx, server.URL, ""); err != calendarfetch.ErrTooSlow {
		t.Errorf("too slow: %v", err)
	}
}

func TestAServerWithoutBusyTimesIsAskedForItsEntries(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if name, password, _ := r.BasicAuth(); r.Method != "REPORT" || name != "ines" || password != "word" {
			t.Errorf("asked by %s as %s", r.Method, name)
		}
		if strings.Contains(string(body), "free-busy-query") {
			w.WriteHeader(http.StatusNotImplemented)
			return
		}
		w.WriteHeader(http.StatusMultiStatus)
		fmt.Fprint(w, `<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:response><d:propstat><d:prop><c:calendar-data>BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART:20261201T090000Z
DURATION:PT1H
END:VEVENT
END:VCALENDAR</c:calendar-data></d:prop></d:propstat></d:response></d:multistatus>`)
	}))
	defer server.Close()
	files, err := calendarfetch.New(true).BusyTimes(context.Background(), calendarfetch.Account{Address: server.URL, Name: "ines", Password: "word"}, time.Now(), time.Now())
	if err != nil || len(files) != 1 || !strings.Contains(string(files[0]), "DTSTART:20261201") {
		t.Errorf("got %q (%v)", files, err)
	}
}

// radicale starts a real CalDAV server with one calendar of ines, and gives its address.
func radicale(t *testing.T) string {
	t.Helper()
	program, err := exec.LookPath("radicale")
	if err != nil {
		t.Fatal("the tests need Radicale (Debian: apt-get install radicale): ", err)
	}
	folder := t.TempDir()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := listener.Addr().String()
	users := filepath.Join(folder, "users")
	config := fmt.Sprintf("[server]\nhosts=%s\n[auth]\ntype=htpasswd\nhtpasswd_filename=%s\nhtpasswd_encryption=plain\n[storage]\nfilesystem_folder=%s\n", at, users, filepath.Join(folder, "kept"))
	if err := errors.Join(listener.Close(), os.WriteFile(users, []byte("ines:word\n"), 0o600), os.WriteFile(filepath.Join(folder, "config"), []byte(config), 0o600)); err != nil {
		t.Fatal(err)
	}
	server := exec.Command(program, "--config", filepath.Join(folder, "config"))
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Process.Kill(); _ = server.Wait() })
	for range 200 {
		if conn, err := net.Dial("tcp", at); err == nil {
			_ = conn.Close()
			return "http://" + at + "/ines/work/"
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("radicale does not answer")
	return ""
}

func put(t *testing.T, method, address, content string) {
	t.Helper()
	request, err := http.NewRequest(method, address, strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	request.SetBasicAuth("ines", "word")
	if method == "PUT" {
		request.Header.Set("Content-Type", "text/calendar")
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode > 299 {
		t.Fatalf("%s %s: %s", method, address, answer.Status)
	}
}

func TestBusyTimesComeFromARealServer(t *testing.T) {
	address := radicale(t)
	put(t, "MKCALENDAR", address, "")
	put(t, "PUT", address+"1.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20261101T000000Z\r\nSUMMARY:Never kept\r\n"+
		"DTSTART;TZID=Europe/Berlin:20261201T090000\r\nDTEND;TZID=Europe/Berlin:20261201T100000\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
	w := calendarfile.Window{From: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), To: time.Date(2027, 11, 23, 0, 0, 0, 0, time.UTC), Zone: time.UTC}
	f := calendarfetch.New(true)
	files, err := f.BusyTimes(context.Background(), calendarfetch.Account{Address: address, Name: "ines", Password: "word"}, w.From, w.To)
	if err != nil {
		t.Fatal(err)
	}
	var busy calendarfile.Busy
	for _, content := range files {
		one, err := calendarfile.Read(content, w)
		if err != nil {
			t.Fatal(err)
		}
		busy.Times = append(busy.Times, one.Times...)
	}
	want := time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC)
	if len(busy.Times) != 3 || !busy.Times[0].From.Equal(want) || !busy.Times[2].From.Equal(want.AddDate(0, 0, 14)) {
		t.Errorf("busy %v", busy.Times)
	}
	if _, err := f.BusyTimes(context.Background(), calendarfetch.Account{Address: address, Name: "ines", Password: "wrong"}, w.From, w.To); !errors.Is(err, calendarfetch.ErrRefused) {
		t.Errorf("with another password: %v", err)
	}
}
