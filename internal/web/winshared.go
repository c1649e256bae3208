package web

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"slices"
	"strconv"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

// carried is a picture or a PDF that a phone shared. It travels in the form of the new win, and is
// kept by nobody before the person says so.
type carried struct {
	Number, Name, Content string // Content in base64
	Ticked                bool
}

// How much a phone can share at once, and how much a form that carries it may hold.
const (
	mostShared     = 2 * plan.MostFile
	mostCarried    = mostShared/3*4 + mostForm
	sharedTogether = "Together they are more than %d MB. Share fewer at once."
)

// sharedFiles are the pictures and PDFs that a phone shared, and why others are left out.
func (c *call) sharedFiles() (files []carried, left []string, err error) {
	if c.MultipartForm == nil {
		return nil, nil, nil
	}
	together := int64(0)
	for _, header := range c.MultipartForm.File["files"] {
		if together += header.Size; together > mostShared || len(files) == plan.MostFiles {
			return files, append(left, fmt.Sprintf(sharedTogether, mostShared>>20)), nil
		}
		content, err := readSent(header)
		if err != nil {
			return nil, nil, err
		}
		name, err := plan.Attachable(header.Filename, content)
		var wrong problem.Invalid
		if errors.As(err, &wrong) {
			left = append(left, name+": "+wrong["file"])
			continue
		}
		files = append(files, carried{strconv.Itoa(len(files) + 1), name, base64.StdEncoding.EncodeToString(content), true})
	}
	return files, left, nil
}

func readSent(header *multipart.FileHeader) ([]byte, error) {
	file, err := header.Open()
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(file)
	return content, errors.Join(err, file.Close())
}

// carriedFiles are those of a form that came back.
func (f Form) carriedFiles() []carried {
	var files []carried
	for n := 1; n <= plan.MostFiles && f.Values.Has("attached-"+strconv.Itoa(n)); n++ {
		number := strconv.Itoa(n)
		files = append(files, carried{number, f.Values.Get("name-" + number), f.Values.Get("attached-" + number), f.ticked("attach", number)})
	}
	return files
}

// attachCarried attaches to a win what its form carried and what stayed ticked.
func (c *call) attachCarried(win db.ID) error {
	for _, file := range (Form{Values: c.Form}).carriedFiles() {
		if !slices.Contains(c.Form["attach"], file.Number) {
			continue
		}
		content, err := base64.StdEncoding.DecodeString(file.Content)
		if err != nil {
			return problem.Invalid{"file": "“" + file.Name + "” did not arrive whole. Share it once more."}
		}
		if err := plan.AddFile(c.tx, c.me, win, file.Name, content); err != nil {
			return err
		}
	}
	return nil
}
