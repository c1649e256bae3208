package nets

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// All faults are planted in one program, each behind a switch: to build the program once for each
// took longer than to catch them. What a run is told by chosenFault is wrong in it, and nothing else.
const chosenFault = "OWNWARD_PLANTED"

const switches = `
import "os"

var plantedFault = os.Getenv("` + chosenFault + `")

func plantedOr[T any](fault string, wrong, right T) T {
	if plantedFault == fault {
		return wrong
	}
	return right
}
`

// orchard is a folder of sources in which faults are planted.
type orchard struct {
	t     *testing.T
	files map[string]*source // by path
	loose map[string]bool    // constants that depend on a fault, by folder and name: variables now
}

// source is a file as it is, with what is to be put into it.
type source struct {
	path, text string
	file       *ast.File
	at         *token.FileSet
	puts       []put
	imports    map[string]bool // that faults need beside its own
	behind     strings.Builder // declarations that follow it
	values     map[string][]value
}

type put struct {
	from, to int
	text     string
}

// value is what a constant or a variable is under a fault.
type value struct{ fault, text string }

// plantAll writes the sources with every fault behind its switch, and the overlay that puts them
// in the place of the real ones.
func plantAll(t *testing.T, faults []fault) (overlay string) {
	t.Helper()
	o := orchard{t: t, files: map[string]*source{}, loose: map[string]bool{}}
	for _, f := range faults {
		for _, path := range slices.Sorted(maps.Keys(f.new)) {
			if !strings.HasSuffix(path, ".go") {
				t.Fatalf("%s changes %s: only Go can stand behind a switch", f.name, path)
			}
			o.open(path).plant(t, f.name, read(t, path, f.new[path]))
		}
	}
	o.loosen()
	sources := map[string]string{}
	for path, s := range o.files {
		if text := s.now(); text != s.text {
			sources[path] = text
			sources[filepath.Join(filepath.Dir(path), "planted_fault.go")] = "package " + s.file.Name.Name + "\n" + switches
		}
	}
	return overlayOf(t, sources)
}

func read(t *testing.T, path, text string) *source {
	t.Helper()
	s := &source{path: path, text: text, at: token.NewFileSet(), imports: map[string]bool{}, values: map[string][]value{}}
	var err error
	if s.file, err = parser.ParseFile(s.at, path, text, parser.SkipObjectResolution); err != nil {
		t.Fatal(err)
	}
	return s
}

// open reads a file and its whole folder, since what changes in one may be used in another.
func (o *orchard) open(path string) *source {
	o.t.Helper()
	if s := o.files[path]; s != nil {
		return s
	}
	all, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*.go"))
	if err != nil {
		o.t.Fatal(err)
	}
	for _, each := range all {
		if strings.HasSuffix(each, "_test.go") || o.files[each] != nil {
			continue
		}
		text, err := os.ReadFile(each)
		if err != nil {
			o.t.Fatal(err)
		}
		o.files[each] = read(o.t, each, string(text))
	}
	return o.files[path]
}

func (s *source) offset(at token.Pos) int { return s.at.Position(at).Offset }

func (s *source) of(n ast.Node) string { return s.text[s.offset(n.Pos()):s.offset(n.End())] }

// plant takes from a changed file whatever is not as it was.
func (s *source) plant(t *testing.T, fault string, changed *source) {
	t.Helper()
	funcs, values := map[string]*ast.FuncDecl{}, map[string]ast.Expr{}
	s.declared(func(key string, f *ast.FuncDecl) { funcs[key] = f }, func(name string, e ast.Expr) { values[name] = e })
	changed.declared(func(key string, f *ast.FuncDecl) {
		switch was := funcs[key]; {
		case was == nil:
			fmt.Fprintf(&s.behind, "\n%s\n", changed.of(f))
		case s.of(was) != changed.of(f):
			s.turnAway(t, fault, was)
			name := changed.offset(f.Name.Pos()) - changed.offset(f.Pos())
			text := changed.of(f)
			fmt.Fprintf(&s.behind, "\n%s%s%s\n", text[:name], under(f.Name.Name, fault), text[name+len(f.Name.Name):])
		}
	}, func(name string, e ast.Expr) {
		if was := values[name]; was != nil && s.of(was) != changed.of(e) {
			s.values[name] = append(s.values[name], value{fault, changed.of(e)})
		}
	})
	for _, d := range changed.file.Decls {
		if d, ok := d.(*ast.GenDecl); ok && d.Tok == token.VAR && len(d.Specs) == 1 && !declares(s.file, d.Specs[0].(*ast.ValueSpec).Names[0].Name) {
			fmt.Fprintf(&s.behind, "\n%s\n", changed.of(d))
		}
	}
	for _, i := range changed.file.Imports {
		s.imports[changed.of(i)] = true
	}
}

// declares reports whether a file has a variable of that name.
func declares(file *ast.File, name string) bool {
	for _, d := range file.Decls {
		if d, ok := d.(*ast.GenDecl); ok && d.Tok == token.VAR {
			for _, spec := range d.Specs {
				if slices.ContainsFunc(spec.(*ast.ValueSpec).Names, func(n *ast.Ident) bool { return n.Name == name }) {
					return true
				}
			}
		}
	}
	return false
}

func under(name, fault string) string { return name + "_" + strings.ReplaceAll(fault, "-", "_") }

// declared tells the functions and methods, and each constant and variable with its value.
func (s *source) declared(function func(key string, f *ast.FuncDecl), valued func(name string, e ast.Expr)) {
	inits := 0
	for _, d := range s.file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			key := d.Name.Name
			if key == "init" { // of which a file may have several
				inits++
				key += strconv.Itoa(inits)
			}
			if d.Recv != nil {
				key = s.of(d.Recv.List[0].Type) + "." + key
			}
			function(key, d)
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if v, ok := spec.(*ast.ValueSpec); ok && len(v.Values) == len(v.Names) {
					for i, name := range v.Names {
						valued(name.Name, v.Values[i])
					}
				}
			}
		}
	}
}

// turnAway lets a function do what it does under a fault, where that fault is chosen.
func (s *source) turnAway(t *testing.T, fault string, f *ast.FuncDecl) {
	t.Helper()
	call := under(f.Name.Name, fault)
	if f.Recv != nil {
		call = f.Recv.List[0].Names[0].Name + "." + call
	}
	if f.Type.TypeParams != nil {
		call += "[" + strings.Join(s.names(f.Type.TypeParams), ", ") + "]"
	}
	given := s.names(f.Type.Params)
	if slices.Contains(given, "_") || len(given) < f.Type.Params.NumFields() {
		t.Fatalf("%s: a parameter of %s has no name to hand it on by", fault, f.Name.Name)
	}
	if n := len(f.Type.Params.List); n > 0 {
		if _, variadic := f.Type.Params.List[n-1].Type.(*ast.Ellipsis); variadic {
			given[len(given)-1] += "..."
		}
	}
	call += "(" + strings.Join(given, ", ") + ")"
	if f.Type.Results.NumFields() > 0 {
		call = "return " + call
	} else {
		call += "; return"
	}
	at := s.offset(f.Body.Lbrace) + 1
	s.puts = append(s.puts, put{at, at, fmt.Sprintf(" if plantedFault == %q { %s };", fault, call)})
}

func (s *source) names(fields *ast.FieldList) (names []string) {
	for _, f := range fields.List {
		for _, n := range f.Names {
			names = append(names, n.Name)
		}
	}
	return names
}

// loosen makes variables of the constants whose value depends on a fault, and of all that are made of them.
func (o *orchard) loosen() {
	key := func(s *source, name string) string { return filepath.Dir(s.path) + " " + name }
	for _, s := range o.files {
		for name := range s.values {
			o.loose[key(s, name)] = true
		}
	}
	done := map[*ast.GenDecl]bool{}
	for again := true; again; {
		again = false
		for _, s := range o.files {
			ast.Inspect(s.file, func(n ast.Node) bool {
				d, ok := n.(*ast.GenDecl)
				if !ok || d.Tok != token.CONST || done[d] || !o.depends(s, d, key) {
					return true
				}
				done[d], again = true, true
				from := s.offset(d.Pos())
				s.puts = append(s.puts, put{from, from + len("const"), "var"})
				for _, spec := range d.Specs {
					for _, name := range spec.(*ast.ValueSpec).Names {
						o.loose[key(s, name.Name)] = true
					}
				}
				return true
			})
		}
	}
	for _, s := range o.files {
		s.declared(func(string, *ast.FuncDecl) {}, func(name string, e ast.Expr) {
			for _, v := range s.values[name] {
				from, to := s.offset(e.Pos()), s.offset(e.End())
				s.puts = append(s.puts, put{from, from, fmt.Sprintf("plantedOr(%q, %s, ", v.fault, v.text)}, put{to, to, ")"})
			}
		})
	}
}

// depends reports whether a constant declared there is loose, or made of one that is.
func (o *orchard) depends(s *source, d *ast.GenDecl, key func(*source, string) string) (yes bool) {
	ast.Inspect(d, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && o.loose[key(s, id.Name)] {
			yes = true
		}
		return !yes
	})
	return yes
}

// now is the text with all that was put into it.
func (s *source) now() string {
	slices.SortStableFunc(s.puts, func(a, b put) int { return cmp.Compare(a.from, b.from) })
	var out bytes.Buffer
	at := 0
	for _, p := range s.puts {
		out.WriteString(s.text[at:p.from])
		out.WriteString(p.text)
		at = p.to
	}
	out.WriteString(s.text[at:])
	text := out.String() + s.behind.String()
	for _, i := range s.file.Imports {
		delete(s.imports, s.of(i))
	}
	if len(s.imports) == 0 {
		return text
	}
	name := s.offset(s.file.Name.End())
	return text[:name] + "; import (" + strings.Join(slices.Sorted(maps.Keys(s.imports)), "; ") + ")" + text[name:]
}
