package nets

import (
	"bufio"
	"context"
	"flag"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

var (
	planted = flag.String("planted", "", "an overlay (see go help build) with a planted fault, to build the program with")
	disk    = flag.String("disk", "", "a folder on a disk, for what must outlive a kill (found by itself when empty)")
)

// program builds the real program.
func program(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ownward")
	build := exec.Command("go", "build", "-overlay="+*planted, "-o", path, "../../cmd/ownward")
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("the program does not build: %v\n%s", err, said)
	}
	return path
}

// diskFolder is a temporary folder on a disk: a store in memory would lose nothing.
func diskFolder(t *testing.T) string {
	t.Helper()
	if *disk != "" {
		return *disk
	}
	if folder := t.TempDir(); !inMemory(t, folder) {
		return folder
	}
	folder, err := os.MkdirTemp(".", ".lost")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(folder); err != nil {
			t.Error(err)
		}
	})
	if inMemory(t, folder) {
		t.Fatal("there is no disk here: set TMPDIR to a folder on one")
	}
	return folder
}

func inMemory(t *testing.T, folder string) bool {
	const tmpfs, ramfs = 0x01021994, 0x858458f6
	var is syscall.Statfs_t
	if err := syscall.Statfs(folder, &is); err != nil {
		t.Fatal(err)
	}
	return int64(is.Type) == tmpfs || int64(is.Type) == ramfs
}

// server is the program at work in a process of its own.
type server struct {
	t       *testing.T
	program string
	folder  string
	command *exec.Cmd
	address string
	said    lockedBuffer
}

// start starts the server and waits until it answers.
func (s *server) start() {
	s.t.Helper()
	s.command = exec.Command(s.program, "serve", "--data", s.folder, "--listen", "127.0.0.1:0")
	s.command.Stderr = &s.said
	out, err := s.command.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := s.command.Start(); err != nil {
		s.t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, rest, ok := strings.Cut(lines.Text(), "Ownward is at "); ok {
			s.address, _, _ = strings.Cut(rest, " ")
			s.mustBeReady()
			return
		}
	}
	s.t.Fatalf("the server does not start again: %v\n%s", s.command.Wait(), s.ending())
}

func (s *server) mustBeReady() {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), 10*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.address+"/readyz", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatalf("the server does not answer: %v\n%s", err, s.ending())
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		s.t.Fatalf("the server is not ready: %s\n%s", answer.Status, s.ending())
	}
}

// kill ends the server from one instruction to the next.
func (s *server) kill() {
	s.t.Helper()
	if err := s.command.Process.Kill(); err != nil {
		s.t.Fatalf("the server ended before it was killed: %v\n%s", err, s.ending())
	}
	_ = s.command.Wait() // says that it was killed
}

// stop asks the server to stop and waits until it has.
func (s *server) stop() {
	s.t.Helper()
	if err := s.command.Process.Signal(syscall.SIGTERM); err != nil {
		s.t.Fatal(err)
	}
	if err := s.command.Wait(); err != nil {
		s.t.Errorf("the server stopped with %v, and should with exit status 0\n%s", err, s.ending())
	}
}

// ending is the end of what the server said.
func (s *server) ending() string {
	said := s.said.String()
	return said[max(0, len(said)-2000):]
}
