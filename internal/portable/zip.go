package portable

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/problem"
)

//go:embed person.schema.json
var schemaText []byte

const (
	personFile = "person.json"
	schemaFile = "person.schema.json"
)

// stamp is the time that every file in an export bears: the first that a zip can hold. The same
// content gives the same bytes.
var stamp = time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)

// Zip packs the file, with its schema and everything in it as Markdown to read.
func (f File) Zip() ([]byte, error) {
	content, err := f.JSON()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, one := range append(f.pages(), page{personFile, string(content)}, page{schemaFile, string(schemaText)}) {
		entry, err := w.CreateHeader(&zip.FileHeader{Name: one.name, Method: zip.Deflate, Modified: stamp})
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(entry, one.text); err != nil {
			return nil, err
		}
	}
	err = w.Close()
	return b.Bytes(), err
}

// How much an export that is brought may hold.
const (
	MostZip   = 32 << 20 // bytes of the zip
	mostJSON  = 32 << 20 // bytes of person.json, unpacked
	mostFiles = 200
)

// unzip finds person.json. Nothing else in the zip is opened, and nothing is written anywhere.
func unzip(content []byte) ([]byte, error) {
	if len(content) > MostZip {
		return nil, problem.Refuse("This file is larger than %d MB: no export is.", MostZip>>20)
	}
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, problem.Refused("This is not an export of Ownward: it is not a zip file, or a damaged one.")
	}
	if len(archive.File) > mostFiles {
		return nil, problem.Refuse("This is not an export of Ownward: it holds %d files.", len(archive.File))
	}
	var person *zip.File
	for _, file := range archive.File {
		if err := checkName(file); err != nil {
			return nil, err
		}
		if file.Name != personFile {
			continue
		}
		if person != nil {
			return nil, problem.Refused("The zip holds person.json twice.")
		}
		person = file
	}
	if person == nil {
		return nil, problem.Refused("The zip holds no person.json at its top: it is not an export of Ownward, or was packed again within a folder.")
	}
	text, err := read(person)
	if err != nil && !errors.As(err, new(problem.Refused)) {
		err = problem.Refused("person.json in the zip is damaged.")
	}
	return text, err
}

// checkName refuses names that lead out of the zip. They would do no harm here; whoever made them
// meant some.
func checkName(file *zip.File) error {
	name := file.Name
	clean := path.Clean(strings.ReplaceAll(name, `\`, "/"))
	if path.IsAbs(clean) || clean == ".." || strings.HasPrefix(clean, "../") || strings.ContainsAny(name, "\\:\x00") || !file.Mode().IsRegular() && !file.Mode().IsDir() {
		return problem.Refuse("The zip holds the name %q, which leads out of it. No export does.", name)
	}
	return nil
}

func read(file *zip.File) ([]byte, error) {
	tooMuch := problem.Refused(fmt.Sprintf("person.json in the zip unpacks to more than %d MB: no export does.", mostJSON>>20))
	if file.UncompressedSize64 > mostJSON {
		return nil, tooMuch
	}
	content, err := file.Open()
	if err != nil {
		return nil, err
	}
	defer content.Close()
	text, err := io.ReadAll(io.LimitReader(content, mostJSON+1))
	if len(text) > mostJSON {
		return nil, tooMuch
	}
	return text, err
}
