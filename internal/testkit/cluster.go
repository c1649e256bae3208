package testkit

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"syscall"
)

// errNoPostgres tells how to get what is missing: a test that needs PostgreSQL fails with it, and is never skipped.
var errNoPostgres = errors.New("PostgreSQL is not installed, and the tests need it: sudo apt-get install postgresql" +
	" (or name a running server in OWNWARD_TEST_POSTGRES)")

// keepCluster makes a PostgreSQL cluster, says "ready", and takes it away when its standard input closes.
// The other end of that pipe is held by the process that wants the cluster, so the cluster ends with
// that process however it ends: returned, timed out, or killed.
const keepCluster = `
trap '' HUP INT TERM PIPE
trap '"$BIN/pg_ctl" -D "$DIR/data" -m immediate -s stop >>"$DIR/log" 2>&1; rm -rf "$DIR"' EXIT
"$BIN/initdb" -D "$DIR/data" -U ownward -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$DIR/log" 2>&1 &&
"$BIN/pg_ctl" -D "$DIR/data" -l "$DIR/log" -w -s -t 120 -o "-c listen_addresses= -k $DIR
	-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off
	-c max_connections=300 -c shared_buffers=32MB -c max_wal_size=256MB" start >>"$DIR/log" 2>&1 || {
	tail -n 20 "$DIR/log"
	exit 1
}
echo ready
read -r _
`

// StartPostgres starts a PostgreSQL cluster that lives as long as this process, and gives the address of its maintenance
// database. It listens on a socket in a temporary folder alone, so clusters never collide. PostgreSQL refuses to run as
// root: there it runs as the user postgres.
func StartPostgres() (address string, err error) {
	programs, err := findPostgres("/usr/lib/postgresql")
	if err != nil {
		return "", err
	}
	folder, err := os.MkdirTemp(socketParent(), "ownward-pg-")
	if err != nil {
		return "", err
	}
	keeper := exec.Command("/bin/sh", "-c", keepCluster)
	keeper.Dir = folder
	keeper.Env = append(os.Environ(), "BIN="+programs, "DIR="+folder)
	keeper.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if os.Getuid() == 0 {
		if keeper.SysProcAttr.Credential, err = postgresUser(folder); err != nil {
			return "", errors.Join(err, os.RemoveAll(folder))
		}
	}
	if err := startKeeper(keeper); err != nil {
		return "", errors.Join(fmt.Errorf("start PostgreSQL from %s: %w", programs, err), os.RemoveAll(folder))
	}
	return "postgres://ownward@/postgres?host=" + folder, nil
}

// held keeps the pipes to the keepers open: a collected pipe is a closed one.
var held []io.Closer

func startKeeper(keeper *exec.Cmd) error {
	lifeline, err := keeper.StdinPipe()
	if err != nil {
		return err
	}
	held = append(held, lifeline)
	said, err := keeper.StdoutPipe()
	if err != nil {
		return err
	}
	if err := keeper.Start(); err != nil {
		return err
	}
	lines := bufio.NewReader(said)
	if first, err := lines.ReadString('\n'); err == nil && first == "ready\n" {
		return nil
	} else {
		rest, _ := io.ReadAll(lines)
		return errors.Join(errors.New(first+string(rest)), keeper.Wait())
	}
}

// findPostgres gives the folder that holds initdb and its companions: of the PATH, or else of the newest version
// under debian, where Debian puts them.
func findPostgres(debian string) (string, error) {
	if initdb, err := exec.LookPath("initdb"); err == nil {
		if initdb, err = filepath.EvalSymlinks(initdb); err != nil {
			return "", err
		}
		return filepath.Dir(initdb), nil
	}
	found, err := filepath.Glob(debian + "/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", errors.Join(errNoPostgres, err)
	}
	version := func(initdb string) int {
		n, _ := strconv.Atoi(strings.Split(initdb[len(debian)+1:], "/")[0])
		return n
	}
	sort.Slice(found, func(i, j int) bool { return version(found[i]) > version(found[j]) })
	return filepath.Dir(found[0]), nil
}

// postgresUser gives the folder to the user postgres and lets the keeper run as that user.
func postgresUser(folder string) (*syscall.Credential, error) {
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, errors.Join(errNoPostgres, err)
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		return nil, err
	}
	if err := os.Chown(folder, uid, gid); err != nil {
		return nil, err
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}

// socketParent is the temporary folder, or /tmp where that is too long a name for a socket (at most 107 bytes)
// or, as root, where the user postgres might not reach it.
func socketParent() string {
	if parent := os.TempDir(); len(parent) < 60 && os.Getuid() != 0 {
		return parent
	}
	return "/tmp"
}
