package nets

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// TestEveryFaultIsCaught plants each of the faults in the folder of that name and runs the net
// that must catch it. A fault that is not caught is a hole in that net.
func TestEveryFaultIsCaught(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program anew for each fault")
	}
	files, err := filepath.Glob("faults/*.patch")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d faults, and at least twenty are wanted (%v)", len(files), err)
	}
	var faults, switched []fault
	for _, file := range files {
		f := readFault(t, file)
		faults = append(faults, f)
		if f.net != netOfLoss {
			switched = append(switched, f)
		}
	}
	program := buildPlanted(t, plantAll(t, switched))
	for _, net := range []string{"TestNothingLeaks", "TestWhoMayCallWhat"} {
		t.Run("no fault, "+net, func(t *testing.T) {
			t.Parallel()
			for _, run := range runs(t, net, "") {
				if said, _, err := run.with(t, program, "", nil); err != nil {
					t.Errorf("%s fails without any fault:\n%s", net, said)
				}
			}
		})
	}
	places := make(chan struct{}, 2)
	var mu sync.Mutex
	var caught []string
	t.Run("planted", func(t *testing.T) {
		for _, f := range faults {
			t.Run(f.name, func(t *testing.T) {
				t.Parallel()
				places <- struct{}{}
				defer func() { <-places }()
				begun := time.Now()
				line := f.catch(t, program)
				mu.Lock()
				defer mu.Unlock()
				caught = append(caught, fmt.Sprintf("%s, by %s after %.0f s: %s", f.name, f.net, time.Since(begun).Seconds(), line))
			})
		}
	})
	t.Logf("%d of %d faults caught:\n%s", len(caught), len(files), strings.Join(caught, "\n"))
}

// netOfLoss builds the program itself.
const netOfLoss = "TestNothingLost"

// run is one run of a net.
type run []string

// runs are the runs that a net has to catch a fault: the no-leak net tries a few worlds at a
// time, always the same ones.
func runs(t *testing.T, net, overlay string) []run {
	t.Helper()
	only := run{"-test.run", "^" + net + "$", "-test.timeout", "5m"}
	switch net {
	case "TestNothingLeaks":
		var all []run
		for n := range 6 {
			all = append(all, run{"-test.run", "^TestNothingLeaks$/^worlds$/^[0-9]+$", "-worlds", "6", "-seed", strconv.Itoa(1 + 1000*n)})
		}
		return all
	case netOfLoss:
		return []run{append(only, "-kills", "40", "-planted", overlay, "-disk", diskFolder(t))} // it is stopped before it could tidy up
	}
	return []run{only}
}

// with runs the program with a fault until its end, or until it says a line that is waited for.
func (r run) with(t *testing.T, program, fault string, awaited *regexp.Regexp) (said, line string, err error) {
	t.Helper()
	folder := quickFolder(t) // for all that the program leaves when it is stopped
	command := exec.Command(program, append(run{"-test.v", "-quick", folder}, r...)...)
	command.Env = append(os.Environ(), "TMPDIR="+folder, chosenFault+"="+fault)
	reader, writer := io.Pipe()
	command.Stdout, command.Stderr = writer, writer
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // so that what it started is stopped with it
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() {
		err := command.Wait()
		ended <- errors.Join(err, writer.Close())
	}()
	var all strings.Builder
	lines := bufio.NewReader(reader)
	for {
		text, end := lines.ReadString('\n')
		all.WriteString(text)
		if line == "" && awaited != nil && awaited.MatchString(text) {
			line = strings.TrimSpace(text)
			if err := syscall.Kill(-command.Process.Pid, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
				t.Error(err)
			}
		}
		if end != nil {
			return all.String(), line, <-ended
		}
	}
}

// buildPlanted builds this test with the sources of an overlay.
func buildPlanted(t *testing.T, overlay string) (program string) {
	t.Helper()
	program = filepath.Join(t.TempDir(), "nets.test")
	if said, err := exec.Command("go", "test", "-c", "-overlay", overlay, "-ldflags", "-s -w", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("the faults do not build: %v\n%s", err, said)
	}
	return program
}

// catch runs the net with the fault, and gives the line with which it failed.
func (f fault) catch(t *testing.T, program string) string {
	t.Helper()
	overlay := ""
	if f.net == netOfLoss {
		overlay = overlayOf(t, f.new)
	}
	var said string
	for _, run := range runs(t, f.net, overlay) {
		var line string
		if said, line, _ = run.with(t, program, f.name, f.says); line != "" {
			return line
		}
	}
	t.Fatalf("not caught by %s: nothing that it says matches %q\n%s", f.net, f.says, ending(said))
	return ""
}

func ending(text string) string { return text[max(0, len(text)-3000):] }

// fault is something that could be wrong with the program, as a change of its sources.
type fault struct {
	name string
	net  string         // the test that must catch it
	says *regexp.Regexp // a line with which it must fail
	new  map[string]string
}

// readFault reads a patch and applies it to the sources as they are now. The hunks find their
// places by what stands there, so that they move with the code; a hunk that finds none, or
// several, is out of date.
func readFault(t *testing.T, file string) fault {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, body, _ := strings.Cut(string(text), "\n--- ")
	f := fault{name: strings.TrimSuffix(filepath.Base(file), ".patch"), new: map[string]string{}}
	f.net = headLine(t, head, "Net")
	if f.says, err = regexp.Compile(headLine(t, head, "Says")); err != nil {
		t.Fatal(err)
	}
	for change := range strings.SplitSeq("--- "+body, "\n--- ") {
		_, change, _ = strings.Cut(change, "+++ b/")
		name, hunks, _ := strings.Cut(change, "\n")
		f.change(t, filepath.Join("..", "..", filepath.FromSlash(strings.TrimSpace(name))), hunks)
	}
	return f
}

func headLine(t *testing.T, head, name string) string {
	t.Helper()
	for line := range strings.Lines(head) {
		if value, ok := strings.CutPrefix(line, name+": "); ok {
			return strings.TrimSpace(value)
		}
	}
	t.Fatalf("its head has no line that begins with %q", name+": ")
	return ""
}

// change applies the hunks to a file.
func (f fault) change(t *testing.T, path, hunks string) {
	t.Helper()
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	now := "\n" + string(source)
	for hunk := range strings.SplitSeq("\n"+strings.TrimSuffix(hunks, "\n"), "\n@@ ") {
		_, lines, ok := strings.Cut(hunk, "\n")
		if !ok || strings.TrimSpace(hunk) == "" {
			continue
		}
		was, becomes := "\n", "\n"
		for line := range strings.SplitSeq(lines, "\n") {
			switch {
			case strings.HasPrefix(line, "-"):
				was += line[1:] + "\n"
			case strings.HasPrefix(line, "+"):
				becomes += line[1:] + "\n"
			case line == "" || line[0] == ' ':
				was, becomes = was+strings.TrimPrefix(line, " ")+"\n", becomes+strings.TrimPrefix(line, " ")+"\n"
			}
		}
		if n := strings.Count(now, was); n != 1 {
			t.Fatalf("it is out of date: its place is found %d times in %s:\n%s", n, path, was)
		}
		now = strings.Replace(now, was, becomes, 1)
	}
	f.new[path] = now[1:]
}

// overlayOf writes sources, by path, and says to the builder that they stand in the place of the real ones.
func overlayOf(t *testing.T, sources map[string]string) (overlay string) {
	t.Helper()
	folder := t.TempDir()
	replace := map[string]string{}
	for path, text := range sources {
		real, err := filepath.Abs(path)
		if err != nil {
			t.Fatal(err)
		}
		replace[real] = filepath.Join(folder, strconv.Itoa(len(replace))+".go")
		if err := os.WriteFile(replace[real], []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	content, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	overlay = filepath.Join(folder, "overlay.json")
	if err := os.WriteFile(overlay, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return overlay
}
