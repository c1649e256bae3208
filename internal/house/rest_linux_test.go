package house

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestAtRestTheCodeOfTheProgramIsNotKeptInMemory(t *testing.T) {
	before := mapped(t)
	putAside()
	if after := mapped(t); after > before-1000 {
		t.Errorf("%d KB of files are mapped at rest, %d before", after, before)
	}
}

// mapped is how much of the files that the process maps is in memory, in KB: RssFile of proc_pid_status(5).
func mapped(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "RssFile:"); ok {
			var kb int
			if _, err := fmt.Sscan(rest, &kb); err != nil {
				t.Fatal(err)
			}
			return kb
		}
	}
	t.Fatal("the system does not say what is mapped")
	return 0
}
