package browser

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/calendarfile"
)

// TestAnotherReaderFindsTheSameBusyTimes holds what is read of real calendars against ical.js.
func TestAnotherReaderFindsTheSameBusyTimes(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(os.Getenv("OWNWARD_TESTDATA"), "ics", "*", "*"))
	if len(files) == 0 {
		t.Skip("OWNWARD_TESTDATA names no folder with calendars")
	}
	w := calendarfile.Window{From: time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC), To: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), Zone: time.UTC}
	asked := struct {
		From  int64    `json:"from"`
		To    int64    `json:"to"`
		Texts []string `json:"texts"`
	}{From: w.From.Unix(), To: w.To.Unix()}
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		asked.Texts = append(asked.Texts, string(content))
	}
	file := filepath.Join(t.TempDir(), "calendars.json")
	content, err := json.Marshal(asked)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := runNode(t, "calendars-busy.mjs", file)
	if err != nil {
		t.Fatalf("ical.js: %v\n%s", err, out)
	}
	var found [][][2]int64
	if err := json.Unmarshal([]byte(out), &found); err != nil {
		t.Fatalf("%v in %.300s", err, out)
	}
	equal := 0
	for n, name := range files {
		name = filepath.Base(name)
		b, err := calendarfile.Read([]byte(asked.Texts[n]), w)
		if err != nil || found[n] == nil {
			continue
		}
		theirs := joined(found[n])
		if same(b.Times, theirs) {
			if len(b.Times) > 0 {
				equal++
			}
			continue
		}
		if differs[name] == "" {
			t.Errorf("%s: read as %v (aside %v), by ical.js as %v", name, b.Times, b.Aside, theirs)
		}
	}
	if equal < 30 {
		t.Errorf("%d calendars with busy times were read alike; 30 and more are", equal)
	}
}

// differs are the calendars that the two read in different ways, with the reason.
var differs = map[string]string{
	"issue_313_globally_unique_tzid.ics":    "ical.js knows no zone that the file does not define",
	"issue_466_convert_tzid_with_slash.ics": "ical.js knows no zone that the file does not define",

	"issue_156_RDATE_with_PERIOD_TZID_khal.ics": "ical.js knows no zone that the file does not define",
}

// joined puts times together that touch.
func joined(times [][2]int64) (all []calendarfile.Interval) {
	for _, one := range times {
		from, to := time.Unix(one[0], 0).UTC(), time.Unix(one[1], 0).UTC()
		if last := len(all) - 1; last >= 0 && !from.After(all[last].To) {
			if to.After(all[last].To) {
				all[last].To = to
			}
			continue
		}
		all = append(all, calendarfile.Interval{From: from, To: to})
	}
	return all
}

func same(a, b []calendarfile.Interval) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !a[i].From.Equal(b[i].From) || !a[i].To.Equal(b[i].To) {
			return false
		}
	}
	return true
}
