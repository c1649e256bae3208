package house

import (
	"os"
	"strconv"
	"strings"
	"syscall"
)

// putAside tells the system that the code of the program is not needed for now: what was mapped of it
// counts as memory of a program at rest, and is as much as all it holds. Code is never changed, so
// the next request maps it again from the file, most of which the system still has at hand. Where that
// cannot be done, nothing is lost.
func putAside() {
	self, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return
	}
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		return
	}
	for line := range strings.Lines(string(maps)) {
		// begin-end perms offset device inode path: proc_pid_maps(5)
		fields := strings.Fields(line)
		if len(fields) < 6 || fields[1] != "r-xp" || strings.Join(fields[5:], " ") != self {
			continue
		}
		from, to, _ := strings.Cut(fields[0], "-")
		begin, err := strconv.ParseUint(from, 16, 64)
		end, failed := strconv.ParseUint(to, 16, 64)
		if err == nil && failed == nil {
			_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, uintptr(begin), uintptr(end-begin), syscall.MADV_DONTNEED)
		}
	}
}
