package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// matches runs the command on files of these texts.
func matches(t *testing.T, mentors, pairs string, c matchCommand) (out, said string, err error) {
	t.Helper()
	folder := t.TempDir()
	c.Mentors, c.Pairs = filepath.Join(folder, "mentors.csv"), filepath.Join(folder, "pairs.csv")
	if err := errors.Join(os.WriteFile(c.Mentors, []byte(mentors), 0o600), os.WriteFile(c.Pairs, []byte(pairs), 0o600)); err != nil {
		t.Fatal(err)
	}
	var toOut, toErr bytes.Buffer
	c.out, c.err = &toOut, &toErr
	err = c.Run(t.Context())
	return toOut.String(), toErr.String(), err
}

const (
	twoMentors = "mentor,capacity\nAda,1\nBo,1\nCy,1\n"
	fewPairs   = "mentee,mentor,score\nkim,Ada,100\nkim,Bo,40\nlou,Ada,50\nlou,Cy,1\nmax,Ada,7\n"
)

func TestMatchingFromFiles(t *testing.T) {
	for _, c := range []struct {
		way, out, said string
	}{
		{"best", "mentee,mentor,score\nkim,Bo,40\nlou,Cy,1\nmax,Ada,7\n", "3 of 3 mentees have a mentor (at most 3 could), total score 48, proven best"},
		{"fair", "mentee,mentor,score\nkim,Bo,40\nlou,Cy,1\nmax,Ada,7\n", "proven fairest"},
		{"stable", "mentee,mentor,score\nkim,Ada,100\nlou,Cy,1\nmax,,\n", "2 of 3 mentees have a mentor (at most 3 could), total score 101, no two would rather have each other"},
	} {
		out, said, err := matches(t, twoMentors, fewPairs, matchCommand{Way: c.way})
		if err != nil || out != c.out || !strings.Contains(said, c.said) {
			t.Errorf("%s: %v\n%s%s", c.way, err, out, said)
		}
	}
}

func TestTheWaysDiffer(t *testing.T) {
	pairs := strings.TrimSuffix(fewPairs, "max,Ada,7\n")
	out, _, err := matches(t, twoMentors, pairs, matchCommand{Way: "best"})
	if err != nil || out != "mentee,mentor,score\nkim,Ada,100\nlou,Cy,1\n" {
		t.Errorf("%v: %s", err, out)
	}
	out, said, err := matches(t, twoMentors, pairs, matchCommand{Way: "fair", Floors: []int32{30}})
	if err != nil || out != "mentee,mentor,score\nkim,Bo,40\nlou,Ada,50\n" || !strings.Contains(said, "score below 30: 0") {
		t.Errorf("%v: %s%s", err, out, said)
	}
}

func TestASummaryOfAMatchingAsJSON(t *testing.T) {
	file := filepath.Join(t.TempDir(), "who.csv")
	out, said, err := matches(t, twoMentors, fewPairs+"ned,Zoe,3\n", matchCommand{Way: "best", JSON: true, Out: file})
	if !errors.Is(err, exitNotAsGiven) || !strings.Contains(said, `pairs.csv, line 7: mentor "Zoe" is not in the file of the mentors.`) {
		t.Errorf("%v: %s", err, said)
	}
	var s map[string]any
	if err := json.Unmarshal([]byte(out), &s); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for name, want := range map[string]any{"matched": 3.0, "maximum_cardinality": 3.0, "total_score": 48.0, "proven_optimal": true, "bad_lines": 1.0, "way": "best"} {
		if s[name] != want {
			t.Errorf("%s is %v, want %v", name, s[name], want)
		}
	}
	if _, some := s["seconds"].(float64); !some {
		t.Error("no seconds")
	}
	if text, err := os.ReadFile(file); err != nil || !strings.Contains(string(text), "max,Ada,7") {
		t.Errorf("%v: %s", err, text)
	}
}

func TestAMatchingThatCannotBe(t *testing.T) {
	if _, _, err := matches(t, "who,places\n", fewPairs, matchCommand{Way: "best"}); err == nil || !strings.Contains(err.Error(), `no column "mentor"`) {
		t.Error(err)
	}
	if _, _, err := matches(t, twoMentors, fewPairs, matchCommand{Way: "best", Floors: []int32{3}}); err == nil {
		t.Error("floors are taken for best")
	}
	if _, _, err := matches(t, twoMentors, fewPairs, matchCommand{Way: "fair", Floors: []int32{30, 3}}); err == nil {
		t.Error("floors that fall are taken")
	}
	folder := t.TempDir()
	file := filepath.Join(folder, "pairs.csv")
	if err := os.WriteFile(file, []byte(fewPairs), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (matchCommand{Mentors: file, Pairs: file, Out: file, Way: "best"}).Run(t.Context()); err == nil || !strings.Contains(err.Error(), "would overwrite") {
		t.Error(err)
	}
}

func TestAMatchingThatIsInterruptedWritesNothing(t *testing.T) {
	folder := t.TempDir()
	c := matchCommand{Way: "best", Mentors: filepath.Join(folder, "m.csv"), Pairs: filepath.Join(folder, "p.csv"), Out: filepath.Join(folder, "out.csv")}
	if err := errors.Join(os.WriteFile(c.Mentors, []byte(twoMentors), 0o600), os.WriteFile(c.Pairs, []byte(fewPairs), 0o600)); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := c.Run(ctx); err == nil || err.Error() != "interrupted; nothing was written" {
		t.Error(err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 2 {
		t.Errorf("%v: %v", err, left)
	}
}
